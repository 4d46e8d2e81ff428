import { describe, expect, it } from 'vitest';
import { appendEntry } from '../../../src/core/log/chain.ts';
import { type EntryBody, emptyHead, type LogEntry } from '../../../src/core/log/entry.ts';
import { type Row, tableRows, wallTime } from '../../../src/core/table/table.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { headers, someScan } from '../../support/log-entries.ts';

/** One shift with everything that happens in one. */
const bodies: EntryBody[] = [
  { type: 'shift-start', operator: '007' },
  someScan,
  { ...someScan, state: 'check', reason: 'temperature-needed' } as EntryBody,
  { type: 'decision', ref: 3, state: 'stop', reason: 'temperature-high', temperatureC: 38.1 },
  { type: 'scan', method: 'camera', state: 'unknown', reason: 'unknown-issuer', textSha256: 'ab' },
  { type: 'manual', category: 'elder', admitted: false, note: 'fever', companions: 2 },
  { type: 'supervisor', act: 'wrong-pin' },
  { type: 'clock', event: 'set-back', offsetMs: -3000 },
  { type: 'export', format: 'csv', entries: 8, of: 'shift-0' },
  { type: 'purge', through: 4 },
  { type: 'trust', bundle: 9, root: 2 },
  { type: 'shift-end', scans: 3 },
];

async function rows(aheadOfUtc?: () => number): Promise<Row[]> {
  const entries: LogEntry[] = [];
  let head = emptyHead;
  for (const [i, body] of bodies.entries()) {
    const facts = { device: 'd', shift: 's', gate: 'g', app: '1', quality: 'synced' } as const;
    const at = epochMillis(1_646_121_600_000 + i * 1000);
    const entry = await appendEntry(head, { ...facts, at, body });
    head = { seq: entry.seq, hash: entry.hash };
    entries.push(entry);
  }
  return [...tableRows(entries, { headers, ...(aheadOfUtc && { aheadOfUtc }) })];
}

describe('the table a supervisor opens', () => {
  it('shows the mark of an unverified text, of this version and of the first', async () => {
    const facts = { device: 'd', shift: 's', gate: 'g', app: '1', quality: 'synced' } as const;
    const at = epochMillis(1_646_121_600_000);
    const scan = { type: 'scan', method: 'camera', state: 'stop', reason: 'malformed' } as const;
    const marked = [{ textHmac: 'new' }, { textSha256: 'old' }, {}].map((mark) =>
      appendEntry(emptyHead, { ...facts, at, body: { ...scan, ...mark } }),
    );
    const shown = [...tableRows(await Promise.all(marked), { headers })];
    expect(shown.map(({ fingerprint }) => fingerprint)).toEqual(['new', 'old', undefined]);
  });

  it('says the colour of a code in the issuer’s word beside its own sign, and no other’s', async () => {
    const facts = { device: 'd', shift: 's', gate: 'g', app: '1', quality: 'synced' } as const;
    const at = epochMillis(1_646_121_600_000);
    const bodies = ['g', 'y', 'toString'].map((st) => ({ ...someScan, st }) as EntryBody);
    const scans = await Promise.all(
      bodies.map((body) => appendEntry(emptyHead, { ...facts, at, body })),
    );
    const statusName = (issuer: string, status: string) =>
      issuer === 'CN-TJ' && status === 'g' ? '绿码' : undefined;
    const shown = [...tableRows(scans, { headers, statusName })];
    expect(shown.map(({ st, colour }) => [st, colour])).toEqual([
      ['g', '绿码'],
      ['y', undefined],
      ['toString', undefined],
    ]);
  });

  it('says of each scan how it ended, and whether the person went in, once the guard had decided', async () => {
    const [, passed, fever, decision, unknown] = await rows();
    expect(passed).toMatchObject({ state: 'pass', finalState: 'pass', admitted: true });
    expect(fever).toMatchObject({
      state: 'check',
      finalState: 'stop',
      finalReason: 'temperature-high',
      admitted: false,
    });
    expect(decision).toMatchObject({ ref: 3, temperatureC: 38.1 });
    expect(decision?.finalState).toBeUndefined();
    expect(unknown).toMatchObject({ finalState: 'unknown' });
    expect(unknown?.admitted).toBeUndefined();
  });

  it('counts a person turned away by hand among the stopped, with the reason', async () => {
    expect((await rows())[5]).toMatchObject({
      type: 'manual',
      finalState: 'stop',
      finalReason: 'fever',
      admitted: false,
      companions: 2,
    });
  });

  it('names the guard on duty in every row of the shift', async () => {
    for (const row of await rows()) expect(row.guard).toBe('007');
  });

  it('says what was done with the phone: supervisor, clock, export, purge, rules, end', async () => {
    expect((await rows()).slice(6)).toMatchObject([
      { event: 'wrong-pin' },
      { event: 'set-back', number: -3000 },
      { event: 'csv', number: 8, note: 'shift-0' },
      { number: 4 },
      { bundle: 9, number: 2 },
      { number: 3 },
    ]);
  });

  it.each([
    [480, 'UTC+08:00', '2022-03-01 16:00:00'],
    [-210, 'UTC-03:30', '2022-03-01 04:30:00'],
    [0, 'UTC+00:00', '2022-03-01 08:00:00'],
  ])(
    'gives the time of the place, %i minutes ahead, and the time in UTC',
    async (ahead, zone, wall) => {
      const [first] = await rows(() => ahead);
      expect(first).toMatchObject({ offset: zone, utc: '2022-03-01T08:00:00.000Z' });
      expect(wallTime(Number(first?.at), { headers, aheadOfUtc: () => ahead })).toBe(wall);
    },
  );
});
