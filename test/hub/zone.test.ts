import { describe, expect, it } from 'vitest';
import { inZone, wallClock } from '../../src/hub/zone.ts';

describe('a moment by the clock of whoever asks', () => {
  it.each([
    ['Asia/Shanghai', '2027-01-15 14:00 +08:00'],
    ['UTC', '2027-01-15 06:00 +00:00'],
    ['America/St_Johns', '2027-01-15 02:30 -03:30'],
  ])('in %s', (zone, said) => {
    expect(inZone(zone, () => wallClock(Date.UTC(2027, 0, 15, 6), 'minutes'))).toBe(said);
  });

  it.each(['Asia/Shanghai', 'America/St_Johns'])(
    'that an entry made up at the end of all dates ends no command in %s',
    (zone) => {
      expect(inZone(zone, () => wallClock(8.64e15, 'seconds'))).toBe('8640000000000000');
      expect(inZone(zone, () => wallClock(8.63e15, 'minutes'))).toMatch(
        /^\+\d{6}-\d\d-\d\d \d\d:\d\d /,
      );
    },
  );
});
