import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EntryBody, emptyHead, type LogEntry } from '../../../src/core/log/entry.ts';
import { peopleOf } from '../../../src/core/log/people.ts';
import {
  type Outcomes,
  type ShiftSummary,
  summarizeShift,
  tallyShift,
  verdictTotals,
} from '../../../src/core/log/shift-summary.ts';
import { randomBodies, unhashed } from '../../support/entry-sequences.ts';
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
const unreadable: EntryBody = { ...refused, state: 'unknown', reason: 'not-a-pass' } as EntryBody;
const form = { type: 'manual', category: 'no-phone', admitted: true } as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const all = ({ admitted, refused, notRecorded }: Outcomes) => admitted + refused + notRecorded;

function expectToAddUp(summary: ShiftSummary): void {
  const { people, verdicts, deciders, hours, reasons, companions } = summary;
  const rows = Object.values(verdicts);
  expect(all(summary)).toBe(people);
  for (const column of ['admitted', 'refused', 'notRecorded'] as const) {
    expect(sum(rows.map((row) => row[column]))).toBe(summary[column]);
  }
  for (const column of ['admitted', 'refused'] as const) {
    expect(sum(Object.values(deciders).map((row) => row[column]))).toBe(summary[column]);
  }
  expect(sum(Object.values(verdictTotals(summary))) + all(verdicts.byHand)).toBe(people);
  expect(sum(hours.map((hour) => hour.people))).toBe(people);
  expect(sum(reasons.map((reason) => reason.people))).toBe(summary.scanned);
  expect(sum(summary.issuers.map((issuer) => issuer.people))).toBeLessThanOrEqual(summary.scanned);
  for (const some of [summary.corrected, summary.measured, summary.fever, summary.scanned]) {
    expect(some).toBeLessThanOrEqual(people);
  }
  expect(companions.admitted).toBeLessThanOrEqual(companions.all);
}

describe('the summary of a shift', () => {
  it('counts people by verdict, reason and issuer, the most frequent first', async () => {
    const summary = summarizeShift(await log(refused, someScan, someScan));
    expect(summary).toMatchObject({
      people: 3,
      admitted: 2,
      refused: 1,
      notRecorded: 0,
      scanned: 3,
      deciders: { scanner: { admitted: 2, refused: 1 }, guard: { admitted: 0, refused: 0 } },
      reasons: [
        { reason: 'admitted', people: 2 },
        { reason: 'malformed', people: 1 },
      ],
      issuers: [{ issuer: 'CN-TJ', people: 2 }],
    });
    expect(verdictTotals(summary)).toEqual({ pass: 2, check: 0, stop: 1, unknown: 0 });
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
      people: 1,
      refused: 1,
      fever: 1,
      verdicts: { check: { notRecorded: 0 }, stop: { refused: 1 } },
      reasons: [{ reason: 'temperature-high', people: 1 }],
    });
  });

  it('counts somebody whose code was unreadable and who was then entered by hand once, everywhere', async () => {
    const passed = Array.from({ length: 5 }, () => someScan);
    const summary = summarizeShift(await log(...passed, unreadable, { ...form, ref: 6 }));
    expect(summary).toMatchObject({ people: 6, admitted: 6, notRecorded: 0, scanned: 6 });
    expect(summary.hours.map(({ people }) => people)).toEqual([6]);
    expect(verdictTotals(summary)).toEqual({ pass: 5, check: 0, stop: 0, unknown: 0 });
    expect(summary.verdicts.byHand).toEqual({ admitted: 1, refused: 0, notRecorded: 0 });
  });

  it('says what a dead battery left open, and counts no such person as let in', async () => {
    const check = { ...someScan, state: 'check', reason: 'notice' } as EntryBody;
    expect(summarizeShift(await log(check))).toMatchObject({
      people: 1,
      admitted: 0,
      notRecorded: 1,
      verdicts: { check: { admitted: 0, refused: 0, notRecorded: 1 } },
    });
  });

  it('counts who decided, a correction once a person, and who came with people let in', async () => {
    const check = { ...someScan, state: 'check', reason: 'notice' } as EntryBody;
    const said = (ref: number, rest: object) =>
      ({ type: 'decision', ref, state: 'check', reason: 'notice', ...rest }) as EntryBody;
    const summary = summarizeShift(
      await log(
        check,
        said(1, { outcome: 'refused', by: 'guard', why: 'other', companions: 2 }),
        said(1, { outcome: 'admitted', by: 'guard', corrects: 2 }),
        said(1, { outcome: 'refused', by: 'guard', why: 'other', corrects: 3 }),
        said(1, { outcome: 'admitted', by: 'supervisor', why: 'ordered', corrects: 4 }),
        { ...form, admitted: false, note: 'fever', companions: 1 },
        check,
        said(7, { outcome: 'admitted', by: 'kiosk' }),
      ),
    );
    expect(summary).toMatchObject({ people: 3, admitted: 2, refused: 1, corrected: 1, fever: 1 });
    expect(summary.deciders).toEqual({
      scanner: { admitted: 0, refused: 0 },
      guard: { admitted: 0, refused: 1 },
      supervisor: { admitted: 1, refused: 0 },
      other: { admitted: 1, refused: 0 },
    });
    expect(summary.companions).toEqual({ all: 3, admitted: 2 });
  });

  it('counts by the hour, people entered by hand included', async () => {
    const entries = await log(someScan, form);
    const late = { ...entries[0], seq: 9, at: (entries[0]?.at ?? 0) + 3_600_000 } as LogEntry;
    const { hours, verdicts } = summarizeShift([...entries, late]);
    expect(hours.map(({ people }) => people)).toEqual([2, 1]);
    expect((hours[0]?.from ?? 1) % 3_600_000).toBe(0);
    expect(verdicts.byHand.admitted).toBe(1);
  });

  it('of nothing is all zeros', () => {
    expect(summarizeShift([])).toMatchObject({ people: 0, reasons: [], issuers: [], hours: [] });
  });
});

describe('the numbers of any sequence of entries', () => {
  it('add up, and are the same counted entry by entry, all at once, or person by person', () => {
    fc.assert(
      fc.property(randomBodies, (bodies) => {
        const entries = unhashed(bodies);
        const tally = tallyShift();
        for (const [i, entry] of entries.entries()) {
          tally.add(entry);
          const now = tally.summary();
          expectToAddUp(now);
          expect(now).toEqual(summarizeShift(entries.slice(0, i + 1)));
          const lines = peopleOf(entries.slice(0, i + 1));
          const count = (outcome: string) => lines.filter((one) => one.outcome === outcome).length;
          expect(now).toMatchObject({
            people: lines.length,
            admitted: count('admitted'),
            refused: count('refused'),
            notRecorded: count('not-recorded'),
            fever: lines.filter(({ fever }) => fever).length,
            companions: { all: sum(lines.map(({ companions }) => companions)) },
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
