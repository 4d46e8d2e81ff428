import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShiftList, ShiftReport } from '../../../src/core/console/shifts.ts';
import type { EntryBody, LogEntry } from '../../../src/core/log/entry.ts';
import { summarizeShift } from '../../../src/core/log/shift-summary.ts';
import { chainedLog } from '../../support/chained-log.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { someScan } from '../../support/log-entries.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

const scan = (change: object = {}) => ({ ...someScan, ...change }) as EntryBody;
const bodies = (operator: string): EntryBody[] => [
  { type: 'shift-start', operator },
  scan(),
  scan({ state: 'check', reason: 'notice' }),
  { type: 'decision', ref: 3, state: 'check', reason: 'notice', outcome: 'refused', by: 'guard' },
  scan({ state: 'stop', reason: 'colour-stop' }),
  { type: 'shift-end', scans: 3 },
];
const from = Date.UTC(2022, 2, 1);

describe.each(databases)('shifts in the console on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let elsewhere: ConsoleClient;
  let phone: TestDevice;
  let first: LogEntry[];
  beforeAll(async () => {
    hub = await testHub(await open());
    admin = await joined(hub, 'admin');
    elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
    phone = await enrolled(hub);
    const place = { device: phone.id, from };
    first = await chainedLog(bodies('李强 A1'), place);
    const { seq, hash } = first.at(-1) as LogEntry;
    const later = { ...place, shift: 'late', from: from + 3_600_000, head: { seq, hash } };
    // on duty: no end yet
    const open_ = await chainedLog(bodies('王芳').slice(0, 3), later);
    await upload(hub, phone, [...first, ...open_]);
  });
  afterAll(() => hub.sql.close());

  const list = async (question: object = {}, who = admin): Promise<ShiftList> =>
    (await who.post('/shifts/search', question)).body;
  const report = async (shift: string, who = admin) =>
    who.get(`/shifts/${phone.id}/${encodeURIComponent(shift)}`);

  it('lists them, the last begun first, with who was on duty and how it ended for everybody', async () => {
    const { shifts } = await list();
    expect(shifts).toMatchObject([
      { shift: 'late', operator: '王芳', ended: false, people: { people: 2, notRecorded: 1 } },
      { shift: 'shift-1', operator: '李强 A1', ended: true, gateName: 'Kakou 演示卡口' },
    ]);
    expect((await list({ gate: 'demo-gate', device: phone.id })).shifts).toHaveLength(2);
    expect((await list({ gate: 'another' })).shifts).toEqual([]);
  });

  it('shows none of other areas, by list or by name', async () => {
    expect((await list({}, elsewhere)).shifts).toEqual([]);
    expect((await list({ gate: 'demo-gate' }, elsewhere)).shifts).toEqual([]);
    expect((await report('shift-1', elsewhere)).body.code).toBe('not-found');
    expect((await report('none')).body.code).toBe('not-found');
    expect((await admin.post('/shifts/search', { gate: 1 })).body.code).toBe('bad-shape');
  });

  it('shows no report of a phone that wrote of a gate the reader may not see', async () => {
    const { sql } = hub;
    await sql.query(
      `insert into gates (id, name, venue, region, created_at) values ('aaa', 'A', 'mall', 'CN-HE', 1)`,
    );
    await sql.query(`update scans set gate = 'aaa' where device = $1 and seq = 2`, [phone.id]);
    expect((await report('shift-1', elsewhere)).body.code).toBe('not-found');
    await sql.query(`update scans set gate = 'demo-gate' where device = $1`, [phone.id]);
  });

  it('tells a shift in the numbers of the phone’s own report, whole and receipted', async () => {
    const said: ShiftReport = (await report('shift-1')).body;
    expect(said.summary).toEqual(JSON.parse(JSON.stringify(summarizeShift(first))));
    expect(said.issuers).toMatchObject({ 'CN-TJ': { en: expect.any(String) } });
    expect(said).toMatchObject({ entries: 6, missing: 0, late: 0 });
    expect(said.chainBreak).toBeUndefined();
    expect(said.receiptedThrough).toBe(9);
    expect(said.paper.told.map(({ seq }) => seq)).toEqual([3, 5]);
    expect(said.row.people).toMatchObject({ people: 3, admitted: 1, refused: 2 });
  });

  it('names the entry at which somebody changed the hub’s copy, and counts what is missing', async () => {
    const { sql } = hub;
    const [kept] = await sql.query<{ entry: string }>(
      'select entry from scans where device = $1 and seq = 3',
      [phone.id],
    );
    const change = (text: string) =>
      sql.query('update scans set entry = $2 where device = $1 and seq = 3', [phone.id, text]);
    await change(kept?.entry.replace('"reason":"notice"', '"reason":"stale"') ?? '');
    expect((await report('shift-1')).body.chainBreak).toEqual({ at: 3, problem: 'hash' });
    await change(kept?.entry ?? '');
    await sql.query('delete from scans where device = $1 and seq = 5', [phone.id]);
    expect((await report('shift-1')).body).toMatchObject({ missing: 1, entries: 5 });
  });
});
