import { describe, expect, it } from 'vitest';
import { type EntryBody, emptyHead, type LogEntry } from '../../../src/core/log/entry.ts';
import { summarizeShift } from '../../../src/core/log/shift-summary.ts';
import { someEntries, someScan } from '../../support/log-entries.ts';

async function log(...bodies: EntryBody[]): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (const body of bodies) {
    const last = entries.at(-1);
    const head = last ? { seq: last.seq, hash: last.hash } : emptyHead;
    entries.push(...(await someEntries(1, 'device-1', head, body)));
  }
  return entries;
}
const refused: EntryBody = { type: 'scan', method: 'wedge', state: 'stop', reason: 'malformed' };

describe('the summary of a shift', () => {
  it('counts scans by verdict, reason and issuer, the most frequent first', async () => {
    const summary = summarizeShift(await log(refused, someScan, someScan));
    expect(summary).toMatchObject({
      scans: 3,
      states: { pass: 2, check: 0, stop: 1, unknown: 0 },
      reasons: [
        { reason: 'admitted', scans: 2 },
        { reason: 'malformed', scans: 1 },
      ],
      issuers: [{ issuer: 'CN-TJ', scans: 2 }],
    });
  });

  it('counts a scan once, by the decision that completed it', async () => {
    const waiting = { ...someScan, state: 'check', reason: 'temperature-needed' } as EntryBody;
    const decision: EntryBody = {
      type: 'decision',
      ref: 1,
      state: 'stop',
      reason: 'temperature-high',
    };
    expect(summarizeShift(await log(waiting, decision))).toMatchObject({
      scans: 1,
      states: { check: 0, stop: 1 },
      reasons: [{ reason: 'temperature-high', scans: 1 }],
    });
  });

  it('counts by the hour, people registered by hand included', async () => {
    const entries = await log(someScan, { type: 'manual', category: 'no-phone', admitted: true });
    const late = { ...entries[0], seq: 9, at: (entries[0]?.at ?? 0) + 3_600_000 } as LogEntry;
    const { hours, manual } = summarizeShift([...entries, late]);
    expect(hours.map(({ scans }) => scans)).toEqual([2, 1]);
    expect((hours[0]?.from ?? 1) % 3_600_000).toBe(0);
    expect(manual).toEqual({ admitted: 1, refused: 0 });
  });

  it('of nothing is all zeros', () => {
    expect(summarizeShift([])).toMatchObject({ scans: 0, reasons: [], issuers: [], hours: [] });
  });
});
