import { describe, expect, it } from 'vitest';
import { logCsv } from '../../../src/core/table/csv.ts';
import { logXlsx } from '../../../src/core/table/xlsx.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { unhashed } from '../../support/entry-sequences.ts';
import { headers, someScan } from '../../support/log-entries.ts';

const entries = unhashed(Array.from({ length: 2000 }, () => someScan));
const words = { headers };
const at = epochMillis(1_646_121_600_000);

/** Counts the times somebody else got a turn while the table was made. */
async function pausesOf(make: (pause: () => Promise<void>) => Promise<unknown>): Promise<number> {
  let pauses = 0;
  await make(async () => {
    pauses++;
  });
  return pauses;
}

describe('a table of a long shift', () => {
  it('as CSV is made fifty entries at a time: people gathered, then lines written', async () => {
    const pauses = await pausesOf((pause) => logCsv(entries, words, pause));
    expect(pauses).toBeGreaterThanOrEqual(2 * (entries.length / 50));
  });

  it('as a workbook too, and both long sheets', async () => {
    const pauses = await pausesOf((pause) => logXlsx(entries, { ...words, at }, pause));
    expect(pauses).toBeGreaterThanOrEqual(3 * (entries.length / 50));
  });

  it('has the same bytes whether anybody paused or not', async () => {
    const paused = await logCsv(entries, words, () => new Promise(setImmediate));
    expect(Buffer.compare(paused, await logCsv(entries, words))).toBe(0);
  });
});
