import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntry } from '../../../../src/core/log/chain.ts';
import { type EntryBody, emptyHead, type LogEntry } from '../../../../src/core/log/entry.ts';
import { dayBegin } from '../../../../src/core/log/occupancy.ts';
import { type EpochMillis, epochMillis } from '../../../../src/core/units.ts';
import { headCounts, heatMap, liveCounts } from '../../../../src/hub/store/console/counts.ts';
import {
  type After,
  type EntryFilter,
  searchEntries,
  streamEntries,
} from '../../../../src/hub/store/console/search.ts';
import { findShift } from '../../../../src/hub/store/console/shift-entries.ts';
import { pageShifts } from '../../../../src/hub/store/console/shift-pages.ts';
import { silentGates } from '../../../../src/hub/store/console/silent-gates.ts';
import { keepStatus } from '../../../../src/hub/store/places/device-status.ts';
import type { Queries, Sql } from '../../../../src/node/database.ts';
import { databases } from '../../../support/databases.ts';
import { someScan } from '../../../support/log-entries.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../../support/test-hub.ts';

/** 1 March 2022, 15:30 UTC: half an hour before midnight in China. */
const begun = 1_646_148_600_000;
const minute = 60_000;
const hour = 60 * minute;

const scan = (change: object = {}) => ({ ...someScan, ...change }) as EntryBody;
const bodies: readonly EntryBody[] = [
  { type: 'shift-start', operator: 'A1' },
  scan({ companions: 2 }),
  scan({ jti: 'BBBBBBBBBBBBBBBB', iss: 'CN-HE', state: 'check', reason: 'notice' }),
  { type: 'decision', ref: 3, state: 'check', reason: 'notice', outcome: 'refused', by: 'guard' },
  scan({ dir: 'out', reason: 'left' }),
  { type: 'manual', category: 'elder', admitted: true },
  scan({ state: 'stop', reason: 'colour-stop', jti: 'CCCCCCCCCCCCCCCC' }),
];

/** A shift at a gate, ten minutes from entry to entry. */
async function shiftAt(gate: string, device: string, more: readonly EntryBody[] = []) {
  const entries: LogEntry[] = [];
  let head = emptyHead;
  for (const body of [...bodies, ...more]) {
    const at = epochMillis(begun + 10 * minute * head.seq);
    const base = {
      device,
      shift: `shift of ${gate}`,
      at,
      quality: 'synced',
      gate,
      app: '1',
    } as const;
    const entry = await appendEntry(head, { ...base, body });
    entries.push(entry);
    head = { seq: entry.seq, hash: entry.hash };
  }
  return entries;
}

const range = (area?: readonly string[]) => ({
  area,
  from: epochMillis(begun - hour),
  to: epochMillis(begun + 24 * hour),
});

describe.each(databases)('the console’s queries on $name', ({ open }) => {
  let sql: Sql;
  let hub: TestHub;
  const devices: TestDevice[] = [];
  const at = (i: number) => devices[i]?.id ?? '';
  beforeAll(async () => {
    sql = await open();
    hub = await testHub(sql);
    for (const [i, gate] of ['east', 'west', 'north'].entries()) {
      const device = await enrolled(hub);
      devices.push(device);
      const place = JSON.stringify({ id: gate, name: gate, venue: 'mall' });
      await sql.query('update devices set gate = $2, gate_id = $3 where id = $1', [
        ...[device.id, place, gate],
      ]);
      const ended: EntryBody[] = i === 1 ? [{ type: 'shift-end', scans: 4 }] : [];
      await upload(hub, device, await shiftAt(gate, device.id, ended));
    }
  });
  afterAll(() => sql.close());

  const all = async (filter: EntryFilter, limit = 4) => {
    const found = [];
    let after: After | undefined;
    do {
      const page = await searchEntries(sql, filter, { limit, after });
      found.push(...page.entries);
      after = page.after;
    } while (after);
    return found;
  };

  it('count people by each dimension and how it ended, in the gates one may see', async () => {
    const counts = await liveCounts(sql, range(['east', 'west']));
    const of = (by: string) =>
      counts
        .filter((count) => count.by === by)
        .map(({ name, outcome, people }) => `${name} ${outcome} ${people}`);
    expect(of('gate')).toEqual([
      ...['east admitted 2', 'east refused 2', 'west admitted 2', 'west refused 2'],
    ]);
    expect(of('state')).toEqual([
      ...['byHand admitted 2', 'check refused 2', 'pass admitted 2', 'stop refused 2'],
    ]);
    // who left is none of those who came
    expect(of('reason').join()).not.toContain('left');
    expect(of('issuer')).toEqual([
      ' admitted 2',
      'CN-HE refused 2',
      'CN-TJ admitted 2',
      'CN-TJ refused 2',
    ]);
    expect(counts.reduce((sum, { people }) => sum + people, 0)).toBe(5 * 8);
    expect(await liveCounts(sql, range([]))).toEqual([]);
    expect((await liveCounts(sql, range())).filter(({ by }) => by === 'gate')).toHaveLength(6);
  });

  it('count heads: who went in with companions or by hand, less who went out', async () => {
    expect(await headCounts(sql, range(['east']))).toEqual([
      { gate: 'east', went_in: 4, went_out: 1, put_right: 0, inside: 3, held: 0, looks: 0 },
    ]);
  });

  it('map people by the hours and days of the place', async () => {
    const offsetMinutes = 480;
    const map = await heatMap(sql, { ...range(['east']), offsetMinutes });
    const day = Date.UTC(2022, 2, 1);
    expect(map).toEqual([
      { day, hour: 23, people: 2, refused: 1 },
      { day: day + 24 * hour, hour: 0, people: 2, refused: 1 },
    ]);
    expect(dayBegin(begun as EpochMillis, offsetMinutes)).toBe(Date.UTC(2022, 1, 28, 16));
  });

  it('name the devices on shift of which nothing came', async () => {
    const asked = (area: readonly string[] | undefined, later: number) =>
      silentGates(sql, { area, before: epochMillis(hub.clock.wall() + later) });
    expect((await asked(undefined, 1)).map(({ gate }) => gate).sort()).toEqual(['east', 'north']);
    expect(await asked(['east', 'west'], 1)).toMatchObject([
      { gate: 'east', device: at(0), shift: 'shift of east', since: begun },
    ]);
    expect(await asked(undefined, -minute)).toEqual([]);
  });

  it('do not call a phone silent that told how it does, though nobody came to its gate', async () => {
    const now = epochMillis(hub.clock.wall() + minute);
    const told = { app: 'today', quality: 'server', head: 9, unsent: 0, onShift: true };
    await keepStatus(sql, at(0), told, now);
    const silent = await silentGates(sql, { area: ['east'], before: now });
    expect(silent).toEqual([]);
    const later = await silentGates(sql, { area: ['east'], before: epochMillis(now + 1) });
    expect(later).toMatchObject([{ device: at(0), heardAt: now }]);
  });

  it('page through entries, newest first, each once and none of another’s gates', async () => {
    const found = await all({ area: ['east', 'west'] });
    expect(found).toHaveLength(15);
    expect(new Set(found.map(({ device, seq }) => `${device} ${seq}`)).size).toBe(15);
    const times = found.map((one) => one.at);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(found.map(({ gate }) => gate))).toEqual(new Set(['east', 'west']));
    expect(await all({ area: [] })).toEqual([]);
    expect(await all({ area: ['east'], gate: 'west' })).toEqual([]);
    expect(await all({ area: undefined })).toHaveLength(22);
  });

  it.each<[string, Omit<EntryFilter, 'area'>, readonly number[]]>([
    ['the verdict as it ended', { state: 'stop' }, [7]],
    ['a pass', { state: 'pass' }, [5, 2]],
    ['a form', { state: 'byHand' }, [6]],
    ['the reason', { reason: 'notice' }, [3]],
    ['how it ended', { outcome: 'refused' }, [7, 3]],
    ['a pass id', { pass: { jti: 'BBBBBBBBBBBBBBBB' } }, [3]],
    ['a pass id of another issuer', { pass: { jti: 'BBBBBBBBBBBBBBBB', issuer: 'CN-TJ' } }, []],
    [
      'a time',
      { from: epochMillis(begun + 20 * minute), to: epochMillis(begun + 40 * minute) },
      [4, 3],
    ],
    ['a text PostgreSQL cannot hold', { reason: '\0' }, []],
  ])('find entries by %s', async (_, filter, seqs) => {
    const found = await all({ area: ['east'], ...filter }, 2);
    expect(found.map(({ seq }) => seq)).toEqual(seqs);
  });

  it('find by whatever is asked together what each of it finds', async () => {
    const every = (await all({ area: undefined }, 50)).map((one) => ({
      ...one,
      name: `${one.device} ${one.seq}`,
    }));
    const asked = {
      state: [undefined, 'pass', 'stop'],
      reason: [undefined, 'admitted', 'colour-stop'],
      outcome: [undefined, 'admitted', 'left', 'refused', 'not-recorded'],
    };
    const areas = [undefined, ['east'], ['east', 'west'], []] as const;
    let found = 0;
    for (const state of asked.state)
      for (const reason of asked.reason)
        for (const outcome of asked.outcome)
          for (const [i, area] of areas.entries()) {
            const device = i === 2 ? at(1) : undefined;
            const ends = { ...(state && { state }), ...(reason && { reason }) };
            const filter = {
              area,
              ...ends,
              ...(outcome && { outcome }),
              ...(device && { device }),
            };
            const right = every.filter(
              (one) =>
                (area === undefined || area.some((gate) => gate === one.gate)) &&
                (device === undefined || one.device === device) &&
                (state === undefined || one.endState === state) &&
                (reason === undefined || one.endReason === reason) &&
                (outcome === undefined ||
                  (one.outcome === (outcome === 'left' ? 'admitted' : outcome) &&
                    (one.dir === 'out') === (outcome === 'left'))),
            );
            const names = (await all(filter, 50)).map((one) => `${one.device} ${one.seq}`);
            expect(names).toEqual(right.map(({ name }) => name));
            found += names.length;
          }
    expect(found).toBeGreaterThan(100);
  });

  it('find the entries of a device and of a shift in the order of its log', async () => {
    const device = at(1);
    const whole = await all({ area: undefined, device, shift: 'shift of west' });
    expect(whole.map(({ seq }) => seq)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(await all({ area: ['east'], device })).toEqual([]);
    expect(await all({ area: undefined, device, shift: 'another' })).toEqual([]);
  });

  it('page through shifts, with the totals of the phone’s report', async () => {
    const first = await pageShifts(sql, { area: ['east', 'west'], limit: 1 });
    const next = await pageShifts(sql, { area: ['east', 'west'], limit: 1, after: first.after });
    const shifts = [...first.shifts, ...next.shifts];
    expect(shifts.map(({ gate }) => gate).sort()).toEqual(['east', 'west']);
    for (const shift of shifts) {
      expect(shift).toMatchObject({
        people: { people: 4, admitted: 2, refused: 2, notRecorded: 0, left: 1, looks: 0 },
        states: { pass: 2, check: 1, stop: 1, unknown: 0 },
        ended: shift.gate === 'west',
        entries: shift.gate === 'west' ? 8 : 7,
      });
    }
    const last = await pageShifts(sql, { area: ['east', 'west'], limit: 1, after: next.after });
    expect(last).toEqual({ shifts: [] });
    expect((await pageShifts(sql, { area: undefined, limit: 9 })).shifts).toHaveLength(3);
  });

  it('page through shifts of some gates as through those among all, each gate once', async () => {
    const all = (await pageShifts(sql, { area: undefined, limit: 9 })).shifts;
    const some = all.filter(({ gate }) => gate !== 'north');
    const area = ['west', 'east', 'west', 'none'];
    expect((await pageShifts(sql, { area, limit: 9 })).shifts).toEqual(some);
    expect((await pageShifts(sql, { area: [], limit: 9 })).shifts).toEqual([]);
  });

  it('tell in a page of shifts what a shift’s own page reads in its entries, counted or not yet', async () => {
    const page = (await pageShifts(sql, { area: undefined, limit: 9 })).shifts;
    const own = await Promise.all(page.map(({ device, shift }) => findShift(sql, device, shift)));
    expect(page).toEqual(own);
    const undone = new Error('undone');
    const uncounted = sql.transaction(async (tx) => {
      await tx.query(
        `update scans set counted = false, state = null, outcome = null, dir = null
         where device = $1 and seq > 2`,
        [at(1)],
      );
      expect((await pageShifts(tx, { area: undefined, limit: 9 })).shifts).toEqual(page);
      throw undone;
    });
    await expect(uncounted).rejects.toBe(undone);
  });

  it('read a page of shifts in indexes alone, and no entry', async () => {
    const plans = await sql.transaction(async (tx) => {
      const asked: [string, readonly unknown[]][] = [];
      const spy: Queries = {
        query(text, params = []) {
          asked.push([text, params]);
          return tx.query(text, params);
        },
      };
      await pageShifts(spy, { area: ['east', 'west'], limit: 9 });
      // as where there are millions: nothing but an index alone
      for (const way of ['seqscan', 'indexscan', 'bitmapscan'])
        await tx.query(`set local enable_${way} = off`);
      const totals = asked.filter(([text]) => text.includes('lateral (select device, shift'));
      return Promise.all(totals.map(([text, params]) => tx.query(`explain ${text}`, params)));
    });
    expect(plans).toHaveLength(1);
    const plan = JSON.stringify(plans);
    expect(plan).toMatch(/Index Only Scan/);
    expect(plan).not.toMatch(/Seq Scan|Index Scan|Bitmap/);
  });

  it('stream all entries, oldest first, in strides', async () => {
    const strides: number[] = [];
    const times: number[] = [];
    for await (const stride of streamEntries(sql, { area: ['east', 'north'] }, 5)) {
      strides.push(stride.length);
      times.push(...stride.map((one) => one.at));
    }
    expect(strides).toEqual([5, 5, 4]);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
