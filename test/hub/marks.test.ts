import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryBody, LogEntry } from '../../src/core/log/entry.ts';
import { summarizeShift } from '../../src/core/log/shift-summary.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { revokeDevice } from '../../src/hub/store/devices.ts';
import { verifyLog } from '../../src/hub/store/proof/verify-log.ts';
import { revokedRoom } from '../../src/hub/store/quarantine.ts';
import { databases } from '../support/databases.ts';
import { someEntries, someScan, testKey } from '../support/log-entries.ts';
import { runCommand } from '../support/run-command.ts';
import {
  enrolled,
  enrolToken,
  post,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../support/test-hub.ts';

const keys = [demoKeys().receipt.jwk];
const headOf = ({ seq, hash }: LogEntry) => ({ seq, hash });

describe.each(databases)('on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const operate = (name: string, ...args: string[]) => runCommand(hub, name, args);
  const lineOf = async (name: string, id: string) =>
    (await operate(name)).split('\n').find((line) => line.startsWith(id));

  /** A phone enrolled by the operator's own code. */
  async function enrolledAt(gate: string, key = hub): Promise<TestDevice> {
    const printed = await operate(
      'enrol',
      '--gate',
      gate,
      '--name',
      gate,
      '--venue',
      'mall',
      '--url',
      'https://hub.example',
    );
    const link = printed.split('\n').find((line) => line.startsWith('kakou:enrol#')) ?? '';
    const code = new URLSearchParams(link.slice('kakou:enrol#'.length)).get('code') ?? '';
    const own = await testKey();
    const answer = await post(key, '/v1/devices', await enrolToken(code, own));
    return { id: ((await answer.json()) as { device: string }).device, key: own };
  }

  /** Scans of today at a gate. */
  async function scansAt(gate: string, device: TestDevice, count: number, before?: LogEntry) {
    const { appendEntry } = await import('../../src/core/log/chain.ts');
    const all: LogEntry[] = [];
    let head = before ? headOf(before) : { seq: 0, hash: '0'.repeat(64) };
    const start: EntryBody = { type: 'shift-start', operator: 'A1' };
    for (const body of [start, ...Array<EntryBody>(count).fill(someScan)]) {
      const at = hub.clock.wall();
      const said = { device: device.id, shift: `shift-${gate}`, at, quality: 'synced', gate };
      const entry = await appendEntry(head, { ...said, app: '0.1.0', body } as never);
      all.push(entry);
      head = headOf(entry);
    }
    return all;
  }

  it('a device that writes for another gate is flagged there, in its shifts, in the list and by a count', async () => {
    const [east, west] = [await enrolledAt('east'), await enrolledAt('west')];
    await upload(hub, west, await scansAt('west', west, 3));
    expect(hub.lines.join('')).not.toContain('entries for another gate');
    await upload(hub, east, await scansAt('west', east, 2));
    expect(await lineOf('gates', 'west')).toMatch(
      /people 3 {2}admitted 3 .*pass 3 .*not counted: 2 by devices ENROLLED ELSEWHERE$/,
    );
    expect(await lineOf('gates', 'east')).toMatch(/people 0 .*pass 0 .*unknown 0$/);
    expect(await lineOf('shifts', east.id)).toMatch(/ANOTHER GATE: enrolled at east$/);
    expect(await lineOf('shifts', west.id)).toMatch(/unknown 0$/);
    expect(await lineOf('devices', east.id)).toContain('3 FOR ANOTHER GATE');
    expect(await operate('missing', east.id)).toContain('3 FOR ANOTHER GATE');
    expect(hub.lines.join('')).toContain('entries for another gate');
    const metrics = await (await hub.app.request('/metrics')).text();
    expect(metrics).toContain('kakou_other_gate_total 3');
  });

  it('a gate’s day says who was let in, turned away and left open, as the reports of its shifts together', async () => {
    const { appendEntry } = await import('../../src/core/log/chain.ts');
    const device = await enrolledAt('harbour');
    const [check, form] = [
      { type: 'scan', method: 'camera', state: 'check', reason: 'notice' },
      { type: 'manual', category: 'elder', admitted: false, note: 'fever' },
    ] as const satisfies EntryBody[];
    const decided = { type: 'decision', state: 'check', reason: 'notice', by: 'guard' } as const;
    const shifts: EntryBody[][] = [
      [someScan, check, { ...decided, ref: 2, outcome: 'refused' }, check, form],
      // of the shift before: about nobody here, as on the phone
      [{ ...decided, ref: 4, outcome: 'admitted' }, someScan, { ...form, admitted: true }],
    ];
    const all: LogEntry[] = [];
    for (const [n, bodies] of shifts.entries()) {
      for (const body of bodies) {
        const said = { device: device.id, shift: `s${n}`, at: hub.clock.wall(), gate: 'harbour' };
        const last = all.at(-1);
        const head = last ? headOf(last) : { seq: 0, hash: '0'.repeat(64) };
        all.push(await appendEntry(head, { ...said, quality: 'synced', app: '1', body } as never));
      }
    }
    await upload(hub, device, all);
    expect(await lineOf('gates', 'harbour')).toMatch(
      /people 6 {2}admitted 3 {2}refused 2 {2}not recorded 1 /,
    );
    const reports = [0, 1].map((n) => summarizeShift(all.filter(({ shift }) => shift === `s${n}`)));
    const sum = (of: 'people' | 'admitted' | 'refused' | 'notRecorded') =>
      reports.reduce((total, report) => total + report[of], 0);
    expect([sum('people'), sum('admitted'), sum('refused'), sum('notRecorded')]).toEqual([
      ...[6, 3, 2, 1],
    ]);
    hub.clock.tick(25 * 3_600_000);
    expect(await lineOf('gates', 'harbour')).toMatch(/people 0 {2}admitted 0 /);
  });

  it('a phone enrolled again elsewhere keeps its history: each identity belongs to its own gate', async () => {
    const before = await enrolledAt('north');
    await upload(hub, before, await scansAt('north', before, 1));
    hub.clock.tick(60_000);
    const after = await enrolledAt('south');
    // what it still held of before, and what it writes now
    const last = (await scansAt('north', before, 1)).at(-1);
    await upload(hub, before, await scansAt('north', before, 1, last));
    await upload(hub, after, await scansAt('south', after, 1));
    for (const { id } of [before, after])
      expect(await lineOf('devices', id)).not.toContain('ANOTHER GATE');
    const old = (await scansAt('south', after, 1)).at(-1);
    await upload(hub, after, await scansAt('north', after, 1, old));
    expect(await lineOf('devices', after.id)).toContain('2 FOR ANOTHER GATE');
  });

  it('a revoked device is marked wherever its entries are listed, and no longer counted', async () => {
    const device = await enrolledAt('river');
    const first = await scansAt('river', device, 2);
    await upload(hub, device, first);
    hub.clock.tick(1000);
    await revokeDevice(hub.sql, device.id, hub.clock.wall());
    await upload(hub, device, await scansAt('river', device, 4, first.at(-1)));
    expect(await lineOf('gates', 'river')).toMatch(
      /0 trusted .*people 2 {2}admitted 2 .*pass 2 .*not counted: 4 after a device was REVOKED$/,
    );
    expect(await lineOf('shifts', device.id)).toMatch(/REVOKED: 5 entries came after that$/);
    expect(await lineOf('devices', device.id)).toMatch(/REVOKED 2022.* 5 after it was REVOKED/);
    const missing = await operate('missing', device.id);
    expect(missing).toMatch(/REVOKED 2022/);
    expect(missing).toContain('5 after it was REVOKED');
    expect(await operate('verify-log', device.id, '--demo')).toMatch(/REVOKED .*whole/);
  });

  const rivals = async (device: TestDevice, count: number, body: object = {}) => {
    const all: LogEntry[] = [];
    for (let i = 0; i < count; i++) {
      const fork = { ...someScan, ageS: 1000 + i, ...body } as EntryBody;
      all.push(...(await someEntries(1, device.id, undefined, fork)));
    }
    return all;
  };
  const held = async (device: string) => {
    const [row] = await hub.sql.query<{ n: number; size: number; batches: number }>(
      `select count(*)::int as n, coalesce(sum(length(entry)), 0)::bigint as size,
         (select coalesce(sum(length(jws)), 0)::bigint from batches where device = $1) as batches
       from quarantine where device = $1`,
      [device],
    );
    return row ?? { n: 0, size: 0, batches: 0 };
  };

  it('a revoked device cannot fill the disk with quarantine: beyond its room they are counted', async () => {
    const device = await enrolled(hub);
    await upload(hub, device, await someEntries(1, device.id));
    await revokeDevice(hub.sql, device.id, hub.clock.wall());
    const more = 30;
    for (const rival of await rivals(device, revokedRoom.entries + more)) {
      const { results } = await upload(hub, device, [rival]);
      expect(results).toEqual([{ seq: 1, result: 'quarantined', reason: 'fork' }]);
    }
    expect((await held(device.id)).n).toBe(revokedRoom.entries);
    expect(await lineOf('devices', device.id)).toContain(
      `${more} bad ones more than there is room for`,
    );
    const { findings } = await verifyLog(hub.sql, device.id, keys);
    expect(findings).toEqual([{ at: 1, problem: 'fork' }]);
  }, 120_000);

  it('a revoked device cannot fill it by one large upload either, nor the proofs beside it', async () => {
    const device = await enrolled(hub);
    const [first] = await someEntries(1, device.id);
    await upload(hub, device, first ? [first] : []);
    await revokeDevice(hub.sql, device.id, hub.clock.wall());
    const before = await held(device.id);
    const large = await rivals(device, 1, { textSha256: 'x'.repeat(revokedRoom.upload) });
    expect((await upload(hub, device, large)).results).toMatchObject([{ reason: 'fork' }]);
    expect(await held(device.id)).toEqual(before);
    expect(await lineOf('devices', device.id)).toContain('1 bad ones more than');
  });

  it('a device that is trusted loses nothing, however much is in quarantine', async () => {
    const device = await enrolled(hub);
    await upload(hub, device, await someEntries(1, device.id));
    const all = await rivals(device, revokedRoom.entries + 5);
    for (const rival of all) await upload(hub, device, [rival]);
    expect((await held(device.id)).n).toBe(all.length);
  }, 120_000);

  it('the operator lists the quarantine and drops it with a reason; the chain goes on, none comes back', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(6, device.id);
    const bad = entries.map((entry, i) => (i === 2 ? { ...entry, state: 'perhaps' } : entry));
    await upload(hub, device, bad as LogEntry[]);
    const [rival] = await rivals(device, 1);
    await upload(hub, device, rival ? [rival] : []);
    const listed = await operate('quarantine', 'list', device.id);
    expect(listed).toMatch(/fork {2}1 entries {2}at 1 {2}\d+ characters/);
    expect(listed).toMatch(/shape {2}1 entries {2}at 3 {2}\d+ characters/);
    const why = 'forged\u001b[2J, case 12';
    expect(await operate('quarantine', 'drop', device.id, '--reason', why)).toBe(
      '2 entries dropped',
    );
    expect((await held(device.id)).size).toBe(0);
    expect(await operate('quarantine', 'list', device.id)).toMatch(
      /at 3 {2}dropped: forged\\u\{1b\}\[2J, case 12$/,
    );
    expect(await operate('quarantine', 'drop', device.id, '--reason', why)).toBe(
      '0 entries dropped',
    );
    expect(await lineOf('devices', device.id)).not.toContain('in quarantine');
    const again = await upload(hub, device, [...(rival ? [rival] : []), ...bad.slice(1)] as never);
    expect(again.results.map(({ result }) => result)).toEqual([
      ...['quarantined', 'duplicate', 'quarantined', 'duplicate', 'duplicate', 'duplicate'],
    ]);
    expect((await held(device.id)).size).toBe(0);
    const next = await someEntries(2, device.id, headOf(entries[5] as LogEntry));
    expect((await upload(hub, device, next)).opened.seq).toBe(8);
    const { findings } = await verifyLog(hub.sql, device.id, keys);
    expect(findings).toEqual([{ at: 1, problem: 'fork' }]);
    const fork = await rivals(device, 1, { st: 'r' });
    expect((await upload(hub, device, fork)).results).toMatchObject([{ reason: 'fork' }]);
  });

  it('says what it wants of quarantine', async () => {
    for (const args of [
      [],
      ['burn'],
      ['drop'],
      ['drop', 'a'],
      ['list', 'a', 'b'],
      ['list', '--reason', 'x'],
    ])
      await expect(async () => operate('quarantine', ...args)).rejects.toMatchObject({
        exitCode: 64,
      });
    await expect(operate('quarantine', 'drop', 'nobody', '--reason', 'x')).rejects.toThrow(
      'no such',
    );
  });
});
