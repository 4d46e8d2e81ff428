import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../src/core/log/entry.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { forget } from '../../../src/hub/commands/forget.ts';
import { missing } from '../../../src/hub/commands/missing.ts';
import { verifyLog } from '../../../src/hub/store/proof/verify-log.ts';
import { databases } from '../../support/databases.ts';
import { someEntries } from '../../support/log-entries.ts';
import { printed } from '../../support/run-command.ts';
import { enrolled, freshCode, type TestHub, testHub, upload } from '../../support/test-hub.ts';

const dayMs = 24 * 3_600_000;

describe.each(databases)('entries forgotten by the operator’s rule, on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const desk = () => ({ sql: hub.sql, now: hub.clock.wall(), random: () => new Uint8Array(1) });
  const today = () => new Date(hub.clock.wall()).toISOString().slice(0, 10);
  const forgetOld = () => printed(forget.read(['--before', today(), '--demo']), desk());
  const verified = (device: string) => verifyLog(hub.sql, device, [demoKeys().receipt.jwk]);

  /** How many of the device's entries are still there, those in quarantine too. */
  async function left(device: string): Promise<number> {
    const [row] = await hub.sql.query<{ n: number }>(
      `select (select count(*) from scans where device = $1)
         + (select count(*) from quarantine where device = $1) as n`,
      [device],
    );
    return row?.n ?? 0;
  }

  /** Twenty entries, of which some came a day ago. */
  async function twoDays(yesterday: (all: LogEntry[]) => LogEntry[]) {
    const device = await enrolled(hub);
    const entries = await someEntries(20, device.id);
    await upload(hub, device, yesterday(entries));
    hub.clock.tick(dayMs);
    return { device, entries };
  }

  it('are gone, and the rest is whole, goes on and takes none of them back', async () => {
    const { device, entries } = await twoDays((all) => all.slice(0, 12));
    await upload(hub, device, entries.slice(12, 15));
    expect(await forgetOld()).toBe('12 entries forgotten');
    expect(await left(device.id)).toBe(3);
    expect(await forgetOld()).toBe('0 entries forgotten');
    expect(await verified(device.id)).toMatchObject({ entries: 3, head: { seq: 15 } });
    expect(await verified(device.id)).not.toHaveProperty('problem');
    const again = await upload(hub, device, entries);
    expect(again.results.map(({ result }) => result)).toEqual([
      ...Array(15).fill('duplicate'),
      ...Array(5).fill('stored'),
    ]);
    expect(again.results.filter((entry) => 'reason' in entry)).toEqual([]);
    expect(await verified(device.id)).toMatchObject({ entries: 8, head: { seq: 20 } });
    expect(await printed(missing.read([device.id]), desk())).toContain('nothing missing up to 20;');
  });

  it('may be all there are: what comes next follows without a gap', async () => {
    const { device, entries } = await twoDays((all) => all.slice(0, 12));
    await forgetOld();
    expect(await left(device.id)).toBe(0);
    expect(await verified(device.id)).not.toHaveProperty('problem');
    const { results, opened } = await upload(hub, device, entries.slice(12));
    expect(results).toEqual(entries.slice(12).map(({ seq }) => ({ seq, result: 'stored' })));
    expect(opened.seq).toBe(20);
  });

  it('are never those behind a gap, which may yet be filled', async () => {
    const { device, entries } = await twoDays((all) => [...all.slice(0, 4), ...all.slice(8)]);
    await forgetOld();
    expect(await left(device.id)).toBe(12);
    expect((await verified(device.id)).problem).toEqual({ at: 9, problem: 'gap' });
    expect((await upload(hub, device, entries.slice(4, 8))).opened.seq).toBe(20);
    expect(await verified(device.id)).not.toHaveProperty('problem');
  });

  it('are those behind a gap too, when nobody filled it for a month: one lost entry keeps nothing for ever', async () => {
    const { device, entries } = await twoDays((all) => [...all.slice(0, 4), ...all.slice(8, 15)]);
    hub.clock.tick(29 * dayMs);
    await forgetOld();
    expect(await left(device.id)).toBe(7);
    hub.clock.tick(2 * dayMs);
    expect(await forgetOld()).toMatch(/^7 entries forgotten\n4 that never came are given up$/);
    expect(await verified(device.id)).not.toHaveProperty('problem');
    const { results, opened } = await upload(hub, device, entries);
    expect(results.slice(3, 9)).toEqual([
      { seq: 4, result: 'duplicate' },
      ...[5, 6, 7, 8].map((seq) => ({ seq, result: 'quarantined', reason: 'late' })),
      { seq: 9, result: 'duplicate' },
    ]);
    expect(opened.seq).toBe(20);
    expect(await verified(device.id)).toMatchObject({ entries: 5, findings: [] });
    expect(await left(device.id)).toBe(9);
  });

  it('without the keys of the hub are named as a beginning that was cut off', async () => {
    const { device, entries } = await twoDays((all) => all.slice(0, 12));
    await upload(hub, device, entries.slice(12));
    const bare = await printed(forget.read(['--before', today()]), desk());
    expect(bare).toMatch(/not signed: verify-log will name/);
    expect((await verified(device.id)).problem).toEqual({ at: 1, problem: 'front' });
  });

  it('leave of a batch that goes only in part no content behind', async () => {
    const { device, entries } = await twoDays((all) => all.slice(0, 12));
    await upload(hub, device, entries.slice(6));
    await forgetOld();
    expect(await hub.sql.query('select 1 from batches where device = $1', [device.id])).toEqual([]);
    expect(await verified(device.id)).toMatchObject({ entries: 8, unsigned: 8, findings: [] });
  });

  it('may be in quarantine, and a fork stays a fork', async () => {
    const { device, entries } = await twoDays((all) =>
      all.map((entry, i) => (i === 5 ? { ...entry, gate: 'elsewhere' } : entry)),
    );
    await upload(hub, device, entries.slice(5, 6));
    await forgetOld();
    expect(await left(device.id)).toBe(16);
    hub.clock.tick(dayMs);
    await forgetOld();
    expect(await left(device.id)).toBe(0);
  });

  it('hide nothing that is done to the rest', async () => {
    const { device, entries } = await twoDays((all) => all.slice(0, 12));
    await upload(hub, device, entries.slice(12));
    await forgetOld();
    await hub.sql.query('delete from scans where device = $1 and seq = 13', [device.id]);
    expect((await verified(device.id)).problem).toEqual({ at: 13, problem: 'missing' });
  });

  it('take the used and ended enrolment codes along', async () => {
    await freshCode(hub);
    hub.clock.tick(2 * dayMs);
    await forgetOld();
    expect(await hub.sql.query('select 1 from enrol_codes')).toEqual([]);
  });

  it('are never of a day to come', async () => {
    await expect(forget.read(['--before', '2030-01-01']).run(desk())).rejects.toThrow('to come');
  });
});
