import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { purgePoint } from '../../../../src/scanner/app/sync/purge-point.ts';
import { sampleEntry } from '../../../support/contracts/log-store.ts';

/** One character per entry: its shift, `.` for none; `at` is its seq. A capital: clock in doubt. */
const log = (text: string): LogEntry[] =>
  [...text].map((shift, i) => ({
    ...sampleEntry(i + 1, `h${i}`, shift === '.' ? '' : shift.toLowerCase()),
    at: epochMillis(i + 1),
    quality: /[A-Z]/.test(shift) ? 'bad' : 'synced',
  }));
const all = { receipted: 99, head: 99, before: epochMillis(99) };

describe('what may be purged', () => {
  it.each([
    ['every shift that is over, not the last one, which may go on', 'aabbcc', all, 4],
    ['nothing the hub has not receipted, nor half a shift', 'aaabbb', { ...all, receipted: 2 }, 0],
    ['a shift receipted whole', 'aaabbb', { ...all, receipted: 3 }, 3],
    ['nothing younger than the window', 'aabbcc', { ...all, before: epochMillis(4) }, 2],
    ['nothing of the shift under way, nor behind it', 'aabbcc', { ...all, shift: 'b' }, 2],
    ['never the head', '....', { ...all, head: 4 }, 3],
    ['nothing on the word of a clock in doubt', 'AAbb', all, 0],
    ['what a sure clock has passed since', 'AAbbcc', all, 4],
    ['nothing of nothing', '', all, 0],
  ])('is %s', (_, entries, rules, through) => {
    expect(purgePoint(log(entries), rules)).toBe(through);
  });
});
