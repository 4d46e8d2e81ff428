import { describe, expect, it } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { everyHour } from '../../../../src/scanner/ui/report/every-hour.ts';

const at = (hour: number, people: number) => ({ from: epochMillis(hour * 3_600_000), people });

describe('the hours of a report', () => {
  it('tell of the quiet ones in between, over midnight too', () => {
    expect(everyHour([at(22, 5), at(25, 1)])).toEqual([at(22, 5), at(23, 0), at(24, 0), at(25, 1)]);
  });

  it('are none where nobody came, and one where all came in one', () => {
    expect(everyHour([])).toEqual([]);
    expect(everyHour([at(8, 3000)])).toEqual([at(8, 3000)]);
  });

  it('stay as they are in a shift nobody ended for days', () => {
    expect(everyHour([at(1, 1), at(99, 1)])).toEqual([at(1, 1), at(99, 1)]);
  });
});
