import { describe, expect, it } from 'vitest';
import {
  readRecord,
  withDeskPin,
  withPin,
} from '../../../../src/scanner/app/supervisor/pin-record.ts';

const pin = (hash: string) => ({ salt: 'aa', rounds: 600_000, hash });

describe('a PIN of the desk', () => {
  const kept = withDeskPin(undefined, pin('1'), { gate: 'east', iat: 10 });

  it('is kept with the mark of when it was set', () => {
    expect(kept).toEqual({
      ...{ ...pin('1'), failures: 0, lockedUntil: 0 },
      desk: { gate: 'east', iat: 10, hash: '1' },
    });
  });

  it.each([10, 9, 1])(
    'is not taken of second %i after that of second 10, by another tab',
    (iat) => {
      expect(withDeskPin(kept, pin('0'), { gate: 'east', iat })).toBeUndefined();
    },
  );

  it('is taken of another gate, whose dates are others', () => {
    expect(withDeskPin(kept, pin('2'), { gate: 'west', iat: 3 })?.hash).toBe('2');
  });

  it('the mark outlives a PIN set by hand, and says nothing of tries', () => {
    const byHand = withPin(readRecord(kept), pin('3'));
    const later = { gate: 'east', iat: 11 };
    expect(withDeskPin(byHand, pin('1'), later)).toEqual({
      ...byHand,
      desk: { ...later, hash: '1' },
    });
    const tried = { ...byHand, failures: 4 };
    expect(withDeskPin(tried, pin('1'), later)?.failures).toBe(4);
    expect(withDeskPin(tried, pin('4'), later)).toMatchObject({ hash: '4', failures: 0 });
  });
});
