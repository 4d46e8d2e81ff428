import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntry } from '../../../../src/core/log/chain.ts';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { canonicalJson } from '../../../../src/core/log/jcs.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { shifts } from '../../../../src/hub/commands/shifts.ts';
import { verifyLogs } from '../../../../src/hub/commands/verify-log.ts';
import { verifyLog } from '../../../../src/hub/store/proof/verify-log.ts';
import { listShifts } from '../../../../src/hub/store/shifts.ts';
import type { Sql } from '../../../../src/node/database.ts';
import { databases } from '../../../support/databases.ts';
import { someEntries, someScan } from '../../../support/log-entries.ts';
import { printed } from '../../../support/run-command.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../../support/test-hub.ts';

const keys = [demoKeys().receipt.jwk];

describe.each(databases)('the log of a device in $name', ({ open }) => {
  let sql: Sql;
  let hub: TestHub;
  beforeAll(async () => {
    sql = await open();
    hub = await testHub(sql);
  });
  afterAll(() => sql.close());

  /** A device of its own with nine entries taken in. */
  async function filled(): Promise<{ device: TestDevice; entries: LogEntry[] }> {
    const device = await enrolled(hub);
    const entries = await someEntries(9, device.id);
    await upload(hub, device, entries);
    return { device, entries };
  }

  it('is whole as it was taken in, its receipt included', async () => {
    const { device } = await filled();
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({
      entries: 9,
      quarantined: 0,
      head: { seq: 9 },
    });
    expect(await verifyLog(sql, device.id, keys)).not.toHaveProperty('problem');
  });

  it.each([
    [
      'edited in the database',
      4,
      'hash',
      `update scans set entry = replace(entry, '"g"', '"r"') where device = $1 and seq = 4`,
    ],
    ['dropped', 4, 'missing', 'delete from scans where device = $1 and seq = 4'],
    ['dropped at the start', 1, 'missing', 'delete from scans where device = $1 and seq < 3'],
    [
      'swapped with the next',
      4,
      'prev',
      'update scans set entry = o.entry, prev = o.prev, hash = o.hash from scans o where scans.device = $1 and o.device = $1 and ((scans.seq = 4 and o.seq = 5) or (scans.seq = 5 and o.seq = 4))',
    ],
    ['cut at the tail', 8, 'cut', 'delete from scans where device = $1 and seq > 7'],
    [
      'moved to another gate in its column only',
      6,
      'row',
      `update scans set gate = 'elsewhere' where device = $1 and seq = 6`,
    ],
    [
      'under a made-up receipt',
      9,
      'receipt',
      `update device_heads set receipt = '{}' where device = $1`,
    ],
  ])('%s is named at entry %i as %s', async (_, at, problem, attack) => {
    const { device } = await filled();
    await sql.query(attack, [device.id]);
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({ problem: { at, problem } });
  });

  it('written anew from one entry on, hashes and all, does not fit its receipt', async () => {
    const { device, entries } = await filled();
    let head = { seq: 6, hash: entries[5]?.hash ?? '' };
    for (const { v: _, seq: _s, prev: _p, hash: _h, ...rest } of entries.slice(6)) {
      const { device: id, shift, at, quality, gate, app } = rest;
      const draft = { device: id, shift, at, quality, gate, app, body: { ...someScan, ageS: 77 } };
      const entry = await appendEntry(head, draft as never);
      await sql.query(
        'update scans set entry = $3, prev = $4, hash = $5 where device = $1 and seq = $2',
        [device.id, entry.seq, canonicalJson(entry), entry.prev, entry.hash],
      );
      head = { seq: entry.seq, hash: entry.hash };
    }
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({
      problem: { at: 7, problem: 'rewritten' },
    });
  });

  it('forked by its device is named at the rival entry, and both are kept', async () => {
    const { device, entries } = await filled();
    const head = { seq: 4, hash: entries[3]?.hash ?? '' };
    const rival = await someEntries(1, device.id, head, { ...someScan, ageS: 9 } as never);
    await upload(hub, device, rival);
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({
      entries: 9,
      quarantined: 1,
      problem: { at: 5, problem: 'fork' },
    });
  });

  it('of more than one stretch is read to its end', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(2100, device.id);
    for (let i = 0; i < entries.length; i += 200)
      await upload(hub, device, entries.slice(i, i + 200));
    const report = await verifyLog(sql, device.id, keys);
    expect(report).toMatchObject({ entries: 2100, head: { seq: 2100 } });
    expect(report).not.toHaveProperty('problem');
  });

  it('is listed by shift, with its verdicts counted', async () => {
    const { device, entries } = await filled();
    const head = { seq: 9, hash: entries[8]?.hash ?? '' };
    await upload(
      hub,
      device,
      await someEntries(1, device.id, head, { type: 'shift-end', scans: 9 }),
    );
    expect(await listShifts(sql, { device: device.id, limit: 5 })).toMatchObject([
      {
        shift: 'shift-1',
        gate: 'demo-gate',
        entries: 10,
        trusted: 10,
        ended: true,
        states: { pass: 9, stop: 0 },
      },
    ]);
  });

  it('makes the command end badly when one is broken, naming it', async () => {
    const desk = { sql, now: 0 as never, random: () => new Uint8Array(1) };
    const { device } = await filled();
    const verify = (...args: string[]) => verifyLogs.read([device.id, ...args]).run(desk);
    const whole = await verify('--demo');
    expect(whole.say.join('\n')).toMatch(/9 entries.*whole$/m);
    expect(whole).toMatchObject({ exitCode: 0, facts: { ok: true, devices: [{ problem: null }] } });
    const open = await verify();
    expect(open.say.join('\n')).toMatch(/not proven\n.*no keys/);
    expect(open).toMatchObject({
      exitCode: 2,
      facts: { ok: false, devices: [{ lacks: ['keys'] }] },
    });
    expect(await printed(shifts.read([device.id]), desk)).toMatch(/shift-1.*pass 9/);
    await sql.query('delete from scans where device = $1 and seq = 4', [device.id]);
    const broken = await verify();
    expect(broken.say.join('\n')).toContain('BROKEN at 4: missing');
    const problem = { at: 4, problem: 'missing' };
    expect(broken).toMatchObject({ exitCode: 1, facts: { ok: false, devices: [{ problem }] } });
  });
});

it('takes a device id that begins with a dash for an id', () => {
  expect(() => verifyLogs.read(['-lxxxxxxxxxxxxxxxxxxxA'])).not.toThrow();
  expect(() => verifyLogs.read(['-x'])).toThrow('there is no option -x');
});
