import { describe, expect, it } from 'vitest';
import { appendEntry } from '../../../src/core/log/chain.ts';
import { type EntryBody, emptyHead, type LogEntry } from '../../../src/core/log/entry.ts';
import { parseEntry } from '../../../src/core/log/entry-schema.ts';
import { peopleOf } from '../../../src/core/log/people.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { someScan } from '../../support/log-entries.ts';

async function logOf(...bodies: readonly EntryBody[]): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let head = emptyHead;
  for (const body of bodies) {
    const at = epochMillis(1_646_121_600_000 + head.seq * 1000);
    const base = { device: 'd', shift: 's', at, quality: 'synced', gate: 'g', app: '1' } as const;
    const entry = await appendEntry(head, { ...base, body });
    expect(parseEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    entries.push(entry);
    head = entry;
  }
  return entries;
}

const scan = (state: 'pass' | 'check' | 'stop' | 'unknown', reason: string): EntryBody =>
  ({ ...someScan, state, reason }) as EntryBody;
const decision = (ref: number, rest: object): EntryBody =>
  ({ type: 'decision', ref, state: 'check', reason: 'notice', ...rest }) as EntryBody;

const linesOf = async (...bodies: readonly EntryBody[]) => peopleOf(await logOf(...bodies));

describe('one line a person', () => {
  it('a pass went in and a stop did not, by the scanner; a check and an unknown alone say nothing', async () => {
    const lines = await linesOf(
      scan('pass', 'admitted'),
      scan('stop', 'stale'),
      scan('check', 'notice'),
      scan('unknown', 'not-a-pass'),
    );
    expect(lines.map(({ outcome, by }) => [outcome, by])).toEqual([
      ['admitted', 'scanner'],
      ['refused', 'scanner'],
      ['not-recorded', undefined],
      ['not-recorded', undefined],
    ]);
  });

  it("the guard's outcome ends a check, and keeps its verdict", async () => {
    const refused = { outcome: 'refused', by: 'guard', why: 'no-document' };
    const [line, ...others] = await linesOf(scan('check', 'notice'), decision(1, refused));
    expect(line).toMatchObject({ state: 'check', reason: 'notice', saidBy: 2, ...refused });
    expect(others).toEqual([]);
  });

  it('a correction replaces the outcome and its why, and is counted', async () => {
    const [line] = await linesOf(
      scan('check', 'notice'),
      decision(1, { outcome: 'refused', by: 'guard', why: 'other' }),
      decision(1, { outcome: 'admitted', by: 'guard', corrects: 2 }),
    );
    expect(line).toMatchObject({ outcome: 'admitted', corrections: 1, saidBy: 3 });
    expect(line).not.toHaveProperty('why');
  });

  it('a supervisor lets in against a stop; people who came along change nothing of that', async () => {
    const stop = { state: 'stop', reason: 'colour-stop' } as const;
    const [line] = await linesOf(
      scan(stop.state, stop.reason),
      decision(1, { ...stop, outcome: 'admitted', by: 'supervisor', why: 'emergency' }),
      decision(1, { ...stop, companions: 2 }),
    );
    expect(line).toMatchObject({ outcome: 'admitted', by: 'supervisor', why: 'emergency' });
    expect(line).toMatchObject({ state: 'stop', companions: 2 });
  });

  it('somebody scanned and then entered by hand is one person, also after a correction of the form', async () => {
    const lines = await linesOf(
      scan('unknown', 'not-a-pass'),
      {
        type: 'manual',
        ref: 1,
        category: 'elder',
        admitted: true,
        tail: '123X',
        temperatureC: 36.4,
      },
      { type: 'manual', category: 'child', admitted: false, note: 'left' },
      decision(2, {
        state: 'unknown',
        reason: 'not-a-pass',
        outcome: 'refused',
        by: 'guard',
        corrects: 2,
      }),
      decision(3, {
        state: 'pass',
        reason: 'admitted',
        outcome: 'admitted',
        by: 'guard',
        corrects: 3,
      }),
    );
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ seq: 1, outcome: 'refused', temperatureC: 36.4 });
    expect(lines[1]).toMatchObject({ seq: 3, outcome: 'admitted', corrections: 1 });
    expect(lines[1]).not.toHaveProperty('state');
  });

  it('a fever without a number is one, until it is taken back', async () => {
    const high = {
      state: 'stop',
      reason: 'temperature-high',
      outcome: 'refused',
      by: 'guard',
      high: true,
    };
    const back = {
      state: 'pass',
      reason: 'admitted',
      outcome: 'admitted',
      by: 'guard',
      corrects: 2,
    };
    const [warm] = await linesOf(scan('check', 'temperature-needed'), decision(1, high));
    expect(warm).toMatchObject({ fever: true, outcome: 'refused' });
    expect(warm).not.toHaveProperty('temperatureC');
    const [well] = await linesOf(
      scan('check', 'temperature-needed'),
      decision(1, high),
      decision(1, back),
    );
    expect(well).toMatchObject({ fever: false, outcome: 'admitted', state: 'pass' });
  });

  it('decisions of the first version, which say no outcome, end by their state', async () => {
    const normal = { state: 'pass', reason: 'admitted', temperatureC: 36.5 };
    const [line] = await linesOf(scan('check', 'temperature-needed'), decision(1, normal));
    expect(line).toMatchObject({ outcome: 'admitted', by: 'guard', temperatureC: 36.5 });
  });

  it('a word of tomorrow for the outcome is nobody let in', async () => {
    const [line] = await linesOf(
      scan('check', 'notice'),
      decision(1, { outcome: 'escorted', by: 'guard' }),
    );
    expect(line).toMatchObject({ outcome: 'not-recorded', saidBy: 2 });
  });

  it('a decision about an entry that is not among them is nobody', async () => {
    const [, last] = await logOf(
      scan('check', 'notice'),
      decision(1, { outcome: 'admitted', by: 'guard' }),
    );
    expect(peopleOf(last ? [last] : [])).toEqual([]);
  });
});
