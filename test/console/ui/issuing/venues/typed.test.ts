import { describe, expect, it } from 'vitest';
import {
  applicationOf,
  daysOf,
  nothingTyped,
  placeOf,
} from '../../../../../src/console/ui/issuing/venues/place-fields.tsx';
import { isWindow } from '../../../../../src/console/ui/issuing/venues/visits-form.tsx';

const typed = { ...nothingTyped, name: ' 天津图书馆 ', place: ' library ' };

describe('a place typed at the desk', () => {
  it('is what the issuing side takes, without what was left empty', () => {
    expect(placeOf(typed)).toEqual({ name: '天津图书馆', venue: 'other', place: 'library' });
    const whole = { ...typed, district: '120103', hotline: '022-8811 2233' };
    expect(placeOf(whole)).toMatchObject({ district: '120103', hotline: '022-8811 2233' });
  });

  it('may wait for its id, and is granted with one alone', () => {
    expect(applicationOf({ ...typed, place: '' })).toEqual({ name: '天津图书馆', venue: 'other' });
    expect(placeOf({ ...typed, place: '' })).toBeUndefined();
  });

  it.each([
    ['no name', { name: ' ' }],
    ['a name that is too long for a poster', { name: '图'.repeat(22) }],
    ['a name that turns what stands beside it', { name: '图\u202e馆' }],
    ['an id of two words', { place: 'a b' }],
    ['half a district', { district: '1201' }],
    ['a telephone of letters', { hotline: 'none' }],
  ])('is none with %s', (_, part) => {
    expect(placeOf({ ...typed, ...part })).toBeUndefined();
    expect(applicationOf({ ...typed, ...part })).toBeUndefined();
  });

  it('has a code for 1 to 400 whole days', () => {
    expect(['1', '365', '400'].map(daysOf)).toEqual([1, 365, 400]);
    for (const bad of ['', '0', '401', '1.5', '-1', '1e2', '９', ' 1'])
      expect([bad, daysOf(bad)]).toEqual([bad, undefined]);
  });
});

describe('the time an investigation asks for', () => {
  const now = Date.UTC(2026, 5, 22, 2); // 10:00 in Shanghai

  it('lies in the last 21 days, by the clock of Shanghai, and ends after it begins', () => {
    expect(isWindow('2026-06-01T10:00', '2026-06-01T10:01', now)).toBe(true);
    expect(isWindow('2026-06-01T09:59', '2026-06-02T10:00', now)).toBe(false);
    expect(isWindow('2026-06-02T10:00', '2026-06-02T10:00', now)).toBe(false);
    expect(isWindow('2026-06-03T10:00', '2026-06-02T10:00', now)).toBe(false);
    expect(isWindow('', '2026-06-02T10:00', now)).toBe(false);
    expect(isWindow('2026-06-02T10:00', '', now)).toBe(false);
  });
});
