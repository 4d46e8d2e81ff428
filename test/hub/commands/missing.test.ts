import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryBody, LogEntry } from '../../../src/core/log/entry.ts';
import { revokeDevice } from '../../../src/hub/store/devices.ts';
import { databases } from '../../support/databases.ts';
import { someEntries, someScan } from '../../support/log-entries.ts';
import { runCommand } from '../../support/run-command.ts';
import { enrolled, type TestHub, testHub, upload } from '../../support/test-hub.ts';

describe.each(databases)('what the hub misses, on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const operate = (name: string, ...args: string[]) => runCommand(hub, name, args);
  const headOf = ({ seq, hash }: LogEntry) => ({ seq, hash });
  /** Entries of each of these kinds, one after the other. */
  async function logOf(device: string, ...bodies: EntryBody[]): Promise<LogEntry[]> {
    const all: LogEntry[] = [];
    for (const body of bodies) {
      const last = all.at(-1);
      all.push(...(await someEntries(1, device, last && headOf(last), body)));
    }
    return all;
  }
  const start: EntryBody = { type: 'shift-start', operator: 'A1' };
  const end: EntryBody = { type: 'shift-end', scans: 1 };
  const lineOf = async (id: string) =>
    (await operate('devices')).split('\n').find((line) => line.startsWith(id));

  it('is nothing for a log that came as a whole, and the list of those who miss leaves it out', async () => {
    const device = await enrolled(hub);
    expect(await lineOf(device.id)).toMatch(/trusted {2}nothing received$/);
    await upload(hub, device, await logOf(device.id, start, someScan, end));
    expect(await operate('missing', device.id)).toContain('nothing missing up to 3;');
    expect(await lineOf(device.id)).toMatch(/trusted {2}to 3$/);
    expect(await operate('missing')).not.toContain(device.id);
  });

  it('names every gap, and none of them once it is filled', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(12, device.id);
    await upload(hub, device, entries.slice(2, 4));
    await upload(hub, device, entries.slice(6, 7));
    await upload(hub, device, entries.slice(8));
    expect(await operate('missing', device.id)).toContain('never came: 1-2, 5-6, 8 (5 entries)');
    expect(await lineOf(device.id)).toMatch(/to 12, 5 missing$/);
    expect(await operate('missing')).toContain(device.id);
    await upload(hub, device, entries);
    expect(await operate('missing', device.id)).toContain('nothing missing up to 12;');
  });

  it('names a shift that has not ended, and entries in quarantine', async () => {
    const device = await enrolled(hub);
    const entries = await logOf(device.id, start, someScan, someScan);
    const edited = entries.map((entry, i) => (i === 1 ? { ...entry, gate: 'elsewhere' } : entry));
    await upload(hub, device, edited);
    const said = await operate('missing', device.id);
    expect(said).toContain('in quarantine: 2 hash');
    expect(said).toMatch(/shift shift-1 of 2022-03-01 \d\d:\d\d [+-]\d\d:\d\d has not ended/);
    expect(await lineOf(device.id)).toMatch(/to 3, 1 in quarantine, shift not ended$/);
  });

  it('names where a chain does not fit although every seq came', async () => {
    const device = await enrolled(hub);
    const [first, other] = [await someEntries(2, device.id), await logOf(device.id, end)];
    await upload(hub, device, first);
    const stranger = await someEntries(1, device.id, { ...headOf(other[0] as LogEntry), seq: 2 });
    await upload(hub, device, stranger);
    expect(await operate('missing', device.id)).toContain('chain broken at 3: see verify-log');
  });

  it('says of a phone that lost its storage what never came, and who stands there now', async () => {
    const old = await enrolled(hub);
    const entries = await logOf(old.id, start, someScan, someScan, someScan);
    await upload(hub, old, [...entries.slice(0, 1), ...entries.slice(2, 3)]);
    hub.clock.tick(60_000);
    await revokeDevice(hub.sql, old.id, hub.clock.wall());
    const heir = await enrolled(hub);
    const said = await operate('missing', old.id);
    expect(said).toMatch(/demo-gate {2}REVOKED 2022-.* {2}last 2022-/);
    expect(said).toContain('never came: 2 (1 entries)');
    expect(said).toContain(`a newer device is at this gate: ${heir.id}`);
    expect(said).toContain('known up to 3; later entries, if any, have not come');
  });

  it('is told of known devices only', async () => {
    await expect(operate('missing', 'nobody')).rejects.toThrow('no such device');
  });

  it('has its gates listed, with the scans of a day by verdict', async () => {
    const device = await enrolled(hub);
    const now = hub.clock.wall();
    const entries = await logOf(device.id, someScan, { ...someScan, state: 'stop' } as EntryBody);
    await upload(hub, device, entries);
    await hub.sql.query(`update scans set gate = 'demo-gate', at = $1`, [now - 86_400_001]);
    await hub.sql.query('update scans set at = $1 where device = $2', [now, device.id]);
    const line = await operate('gates');
    expect(line).toMatch(
      /^demo-gate {2}Kakou 演示卡口 {2}residential {2}CN-TJ {2}\d+ trusted {2}last 2022/,
    );
    expect(line).toMatch(/ {2}pass 1 {2}check 0 {2}stop 1 {2}unknown 0$/);
    const trusted = Number(/(\d+) trusted/.exec(line)?.[1]);
    await revokeDevice(hub.sql, device.id, now);
    expect(await operate('gates')).toContain(`  ${trusted - 1} trusted  `);
  });

  it('has the newest shifts of all devices listed without reading every log', async () => {
    const device = await enrolled(hub);
    await upload(hub, device, await logOf(device.id, start, someScan, someScan, end));
    const listed = (await operate('shifts'))
      .split('\n')
      .filter((line) => line.startsWith(device.id));
    expect(listed).toEqual([expect.stringMatching(/shift-1 .* to 2022.* pass 2 /)]);
  });
});
