import { sha256Hex } from '../../../src/core/bytes.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { demoGate } from '../../../src/hub/routes/demo.ts';
import { addCode } from '../../../src/hub/store/devices.ts';
import type { Sql } from '../../../src/node/database.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';
import { cpuMs } from '../cpu-of.ts';
import { type Ask, measure } from '../hub-load.ts';
import { assertLeftOut, dropIndexes, type LeftOut, without } from './without.ts';

export const places = ['a gate each', 'one gate for all'] as const;
export type Place = (typeof places)[number];

export interface Comparison {
  readonly width: number;
  readonly where: Place;
  readonly rounds: number;
  /** Of a round of batches of 200; of smaller ones a quarter, which take as long. */
  readonly entries: number;
  readonly left: LeftOut;
}

export interface Database {
  readonly sql: Sql;
  readonly postmaster: number;
}

const sorted = (of: readonly number[]): number[] => [...of].sort((a, b) => a - b);
const at = (share: number, of: readonly number[]): number =>
  sorted(of)[Math.min(of.length - 1, Math.floor(of.length * share))] ?? 0;
const round = (value: number): number => Math.round(value * 100) / 100;

/** A code for a gate, made as the desk makes one. */
const codeAt = ({ sql, clock }: TestHub) => {
  let made = 0;
  return async (gate: string): Promise<string> => {
    const code = `code-${made++}-at-${gate}`.padEnd(22, 'A');
    const expiresAt = epochMillis(clock.wall() + 3_600_000);
    const sha256 = await sha256Hex(code);
    await addCode(sql, { sha256, gate: { ...demoGate, id: gate }, expiresAt }, clock.wall());
    return code;
  };
};

/**
 * Both ways in turns, each the first as often as the other, so that what else the machine does is in both. Of
 * each pair of turns the ratio, and of these the middle one: one turn is mostly noise.
 */
export async function compareIntake(
  plain: Database,
  full: Database,
  { width, where, rounds, entries: wanted, left }: Comparison,
) {
  const entries = Math.ceil(wanted / (width < 50 ? 4 : 1));
  const gateOf = (device: number) => (where === 'a gate each' ? `gate-${device}` : 'demo-gate');
  await dropIndexes(plain.sql, left);
  const way = async ({ postmaster }: Database, sql: Sql) => {
    const hub = await testHub(sql);
    return { sql, hub, postmaster, codeAt: codeAt(hub) };
  };
  const ways = [await way(plain, without(plain.sql, left)), await way(full, full.sql)] as const;
  const perSecond: [number[], number[]] = [[], []];
  const database: [number[], number[]] = [[], []];
  const hubCpu: [number[], number[]] = [[], []];
  for (let turn = -1; turn < rounds; turn++) {
    for (const i of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const { hub, postmaster, codeAt } = ways[i];
      const ask: Ask = (path, init) => hub.app.request(path, init);
      const used = () => {
        const { user, system } = process.cpuUsage();
        return [(user + system) / 1000, cpuMs(postmaster)] as const;
      };
      const taken = await measure(ask, entries, width, { gateOf, codeAt, used });
      if (turn < 0) {
        // the first round warms; plans of an empty table are made anew, as a minute later by themselves
        await ways[i].sql.query('analyze');
        continue;
      }
      perSecond[i].push(taken.perSecond);
      const perBatch = (ms: number) => (ms / taken.entries) * width;
      hubCpu[i].push(perBatch(taken.used?.[0] ?? 0));
      database[i].push(perBatch(taken.used?.[1] ?? 0));
    }
  }
  await assertLeftOut(plain.sql, left);
  const ratios = perSecond[1].map((one, i) => one / (perSecond[0][i] ?? one));
  const middles = (of: readonly (readonly number[])[]) => of.map((one) => round(at(0.5, one)));
  const [hubWithout, hubWith] = middles(hubCpu);
  const [databaseWithout, databaseWith] = middles(database);
  return {
    ...{ batch: width, where, without: at(0.5, perSecond[0]), with: at(0.5, perSecond[1]) },
    ...{
      ratio: round(at(0.5, ratios)),
      'of rounds': `${round(at(0.25, ratios))}–${round(at(0.75, ratios))}`,
    },
    ...{ hubWithout, hubWith, databaseWithout, databaseWith },
  };
}
