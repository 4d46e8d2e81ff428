import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicHalf } from '../../src/authority/keys.ts';
import { buildStatus } from '../../src/core/enrol/device-status.ts';
import { openGateSettings } from '../../src/core/enrol/signed-settings.ts';
import { openZoneCount } from '../../src/core/enrol/zone-count.ts';
import { appendEntry } from '../../src/core/log/chain.ts';
import {
  type EntryBody,
  emptyHead,
  type LogEntry,
  type LogHead,
} from '../../src/core/log/entry.ts';
import { foldOccupancy } from '../../src/core/log/occupancy.ts';
import { epochMillis } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { revokeDevice } from '../../src/hub/store/devices.ts';
import { addGate, changeGate, findGate } from '../../src/hub/store/places/gates.ts';
import { keepSite } from '../../src/hub/store/places/sites.ts';
import { databases } from '../support/databases.ts';
import { fakeClock } from '../support/fakes/fake-clock.ts';
import { someScan } from '../support/log-entries.ts';
import {
  enrolled,
  post,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../support/test-hub.ts';

const keys = [publicHalf(demoKeys().receipt)];
const site = { id: 'n', name: 'North', zones: [{ id: 'court', name: 'Court', capacity: 200 }] };
const bodies: readonly EntryBody[] = [
  { type: 'shift-start', operator: '7' },
  { ...someScan, companions: 2 } as EntryBody,
  { ...someScan, dir: 'out', reason: 'left' } as EntryBody,
  { ...someScan, state: 'stop', reason: 'colour-stop' } as EntryBody,
  { ...someScan, type: 'look' } as EntryBody,
  { type: 'manual', category: 'elder', admitted: true, companions: 1 },
  { type: 'manual', category: 'other', admitted: true, dir: 'out' },
  { type: 'supervisor', act: 'count-set', count: 9, was: 2 },
];

describe.each(databases)('how many are inside, told on $name', ({ open }) => {
  let hub: TestHub;
  let phones: TestDevice[];
  /** What each phone would show of its own. */
  let own = 0;
  let gate = '';
  beforeAll(async () => {
    hub = await testHub(await open());
    phones = [await enrolled(hub), await enrolled(hub)];
    const [row] = await hub.sql.query<{ id: string }>('select gate_id as id from devices limit 1');
    gate = row?.id ?? '';
    hub.clock.tick(100_000);
    for (const phone of phones) {
      const log = await logOf(phone, bodies);
      await upload(hub, phone, log);
      const fold = foldOccupancy();
      for (const entry of log) own += fold.step(entry)?.delta ?? 0;
    }
  });
  beforeEach(async () => {
    await hub.sql.query('delete from gates where id = $1', ['west']);
    await hub.sql.query("delete from gate_hours where gate = 'west'");
    await hub.sql.query(
      "update gates set direction = 'in', zone = null, site = null, settings_iat = null",
    );
    await hub.sql.query('delete from sites');
    await hub.sql.transaction((tx) => keepSite(tx, site, 0, now()));
  });
  afterAll(() => hub.sql.close());

  async function logOf(phone: TestDevice, said: readonly EntryBody[]): Promise<LogEntry[]> {
    const log: LogEntry[] = [];
    let head: LogHead = emptyHead;
    for (const body of said) {
      const at = epochMillis(1_646_121_600_000 + log.length * 1000);
      const where = { device: phone.id, shift: 's', gate, app: '1' };
      const entry = await appendEntry(head, { ...where, at, quality: 'synced', body });
      head = { seq: entry.seq, hash: entry.hash };
      log.push(entry);
    }
    return log;
  }
  async function tell(phone: TestDevice, ahead = 480, at = hub): Promise<Record<string, unknown>> {
    const facts = {
      ...{ app: '0.2.0', quality: 'synced', head: bodies.length, unsent: 0, onShift: true },
      ahead,
    };
    const status = await buildStatus(
      { device: phone.id, iat: 1_646_121_700, nonce: 'bm9uY2U', facts },
      phone.key.privateKey,
    );
    return (await (await post(at, '/v1/status', status)).json()) as Record<string, unknown>;
  }
  const open1 = async ({ zone }: Record<string, unknown>, phone: TestDevice) => {
    const here = { device: phone.id, gate, head: bodies.length, now: 1e13, since: 0 };
    const opened = await openZoneCount(Buffer.from(String(zone)), keys, here);
    if (!opened.ok) throw new Error(opened.error);
    return opened.value;
  };
  const now = () => hub.clock.wall();
  const facts = { id: 'demo-gate', name: 'Demo', venue: 'residential' } as const;
  async function place(over: object): Promise<void> {
    await hub.sql.transaction(async (tx) => {
      const before = await findGate(tx, gate, 'all');
      const next = { ...facts, id: gate, direction: 'in' as const, ...over };
      await changeGate(tx, next, before?.version ?? 0, null, now());
    });
  }

  it('is no part of the answer at a gate that people only come in by', async () => {
    const [phone] = phones as [TestDevice];
    expect(await tell(phone)).toEqual({ trusted: true });
  });

  it('is the sum of what the phones show themselves, signed, with how far it counts each', async () => {
    const [first, second] = phones as [TestDevice, TestDevice];
    await place({ direction: 'both' });
    const told = await open1(await tell(first), first);
    expect(told).toMatchObject({ inside: own, through: bodies.length, at: now() });
    expect(told.from).toBe(1_646_064_000_000); // midnight in China
    expect(await open1(await tell(second), second)).toMatchObject({ inside: own });
  });

  it('is that of all gates of the zone, and phones hear where their gate leads', async () => {
    const [phone] = phones as [TestDevice];
    const west = { ...facts, id: 'west', direction: 'in', site: 'n', zone: 'court' } as const;
    await hub.sql.transaction((tx) => addGate(tx, west, now()));
    await place({ site: 'n', zone: 'court' });
    const hour = Math.floor(now() / 3_600_000) * 3_600_000;
    await hub.sql.query(
      `insert into gate_hours values ('west', $1, 'counted', 'in', 'pass', 'admitted', 'CN', 'admitted', 5, 0),
         ('west', $1, 'revoked', 'in', 'pass', 'admitted', 'CN', 'admitted', 70, 0)`,
      [hour],
    );
    const answer = await tell(phone);
    expect(await open1(answer, phone)).toMatchObject({ inside: own + 5 });
    const opened = await openGateSettings(Buffer.from(String(answer['settings'])), keys);
    expect(opened.ok && opened.value).toMatchObject({ zone: site.zones[0] });
  });

  it('a change of where it leads, or of its room, is told as later than what was told before', async () => {
    const [phone] = phones as [TestDevice];
    const iat = async () => {
      const opened = await openGateSettings(
        Buffer.from(String((await tell(phone))['settings'])),
        keys,
      );
      return opened.ok ? opened.value : undefined;
    };
    await place({ direction: 'out', site: 'n', zone: 'court' });
    const first = await iat();
    expect(first).toMatchObject({ direction: 'out' });
    await place({ direction: 'out', site: 'n', zone: 'court', name: 'Another name' });
    expect((await iat())?.iat).toBe(first?.iat);
    const smaller = { ...site, zones: [{ id: 'court', name: 'Court', capacity: 0 }] };
    await hub.sql.transaction((tx) => keepSite(tx, smaller, 1, now()));
    const second = await iat();
    expect(second?.zone?.capacity).toBe(0);
    expect(second?.iat).toBeGreaterThan(first?.iat ?? 0);
  });

  it('counts the day of whoever asks, and a revoked phone is told nothing', async () => {
    const [phone] = phones as [TestDevice];
    await place({ direction: 'both' });
    const tomorrow = await testHub(hub.sql, { clock: fakeClock(now() + 24 * 3_600_000) });
    expect(await open1(await tell(phone, 480, tomorrow), phone)).toMatchObject({ inside: 0 });
    const lost = await enrolled(hub);
    await revokeDevice(hub.sql, lost.id, now());
    expect(await tell(lost)).toEqual({ trusted: false });
  });
});
