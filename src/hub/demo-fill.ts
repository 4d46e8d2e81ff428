import { toBase64url } from '../core/base64url.ts';
import { sha256Hex } from '../core/bytes.ts';
import type { AskHub, DemoCity, DemoData, DemoPhone, MakeCity } from '../core/console/demo-data.ts';
import { type Bytes, type EpochMillis, epochMillis } from '../core/units.ts';
import type { Queries, Sql } from '../node/database.ts';
import type { Actor } from '../node/store/act-log.ts';
import { codeBytes, codeLifeMs } from './enrolment.ts';
import { recordAct } from './operators/act-log.ts';
import { addCode } from './store/devices.ts';
import { addGate } from './store/places/gates.ts';
import { keepSite } from './store/places/sites.ts';

/** Fills a demo hub with a made-up city; a real hub has none. */
export interface DemoFill {
  status(): DemoData;
  /** False when the city, or something under one of its ids, is there already. Goes on by itself. */
  begin(by: Actor, asked: { readonly seed: string; readonly offset: number }): Promise<boolean>;
}

interface Needs {
  readonly sql: Sql;
  readonly clock: { wall(): EpochMillis };
  readonly random: (length: number) => Bytes;
  readonly makeCity: MakeCity;
  /** Asks this very hub, as a phone does. */
  readonly ask: AskHub;
  failed(error: unknown): void;
}

export function createDemoFill({ sql, clock, random, makeCity, ask, failed }: Needs): DemoFill {
  let now: DemoData = { state: 'none', done: 0, total: 0 };

  async function codeFor(city: DemoCity, { gate: id }: DemoPhone): Promise<string> {
    const gate = city.gates.find((one) => one.id === id);
    if (!gate) throw new Error('a phone stands at no gate');
    const code = toBase64url(random(codeBytes));
    const at = clock.wall();
    const { name, venue, region } = gate;
    const told = { id, name, venue, ...(region !== undefined && { region }) };
    const expiresAt = epochMillis(at + codeLifeMs);
    await addCode(sql, { sha256: await sha256Hex(code), gate: told, expiresAt }, at);
    return code;
  }

  async function play(city: DemoCity): Promise<void> {
    for (const phone of city.phones) {
      await phone.play(await codeFor(city, phone), ask, (entries) => {
        now = { ...now, done: now.done + entries };
      });
    }
  }

  return {
    status: () => now,
    async begin(by, asked) {
      if (now.state === 'running') return false;
      const at = clock.wall();
      const city = makeCity({ ...asked, now: at });
      const total = city.phones.reduce((sum, { entries }) => sum + entries, 0);
      const facts = { seed: asked.seed, gates: city.gates.length, entries: total };
      const isNew = await sql.transaction(async (tx) => {
        if (!(await keepPlaces(tx, city, at))) return false;
        await recordAct(tx, { at, by, act: 'demo-data-made', facts });
        return true;
      });
      if (!isNew) return false;
      now = { state: 'running', done: 0, total };
      void play(city).then(
        () => {
          now = { ...now, state: 'done' };
        },
        (error: unknown) => {
          now = { ...now, state: 'failed' };
          failed(error);
        },
      );
      return true;
    },
  };
}

/** All of its sites and gates; false when one of them is there. */
async function keepPlaces(tx: Queries, city: DemoCity, now: EpochMillis): Promise<boolean> {
  const ids = city.gates.map(({ id }) => id);
  const sites = city.sites.map(({ id }) => id);
  const known = await tx.query(
    `select id from gates where id = any($1::text[])
     union all select id from sites where id = any($2::text[])`,
    [ids, sites],
  );
  if (known.length > 0) return false;
  for (const site of city.sites) await keepSite(tx, site, 0, now);
  for (const gate of city.gates) await addGate(tx, gate, now);
  return true;
}
