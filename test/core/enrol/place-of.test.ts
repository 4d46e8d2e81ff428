import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../src/core/enrol/place-of.ts';

const name = { 'zh-CN': '北', 'zh-TW': '北', en: 'North' };
const gate = (over: object = {}) => ({ id: 'north', name, ...over });
const told = { direction: 'both', zone: { id: 'court', name: 'Court', capacity: 200 } } as const;

describe('which way a gate goes, and where it leads', () => {
  it('is in where nobody says anything', () => {
    expect(placeOf({}, 'north')).toEqual({ direction: 'in' });
  });
  it('is the desk’s word where the bundle has none', () => {
    expect(placeOf({ gates: [gate()] }, 'north', told)).toEqual(told);
  });
  it('is the bundle’s word before the desk’s', () => {
    const book = {
      gates: [gate({ direction: 'out', zone: 'hall' })],
      zones: [{ id: 'hall', name, capacity: 50 }],
    };
    expect(placeOf(book, 'north', told)).toEqual({
      direction: 'out',
      zone: { id: 'hall', name, capacity: 50 },
    });
  });
  it('lets nobody leave, and the smaller number hold, where the bundle says two things', () => {
    const gates = [gate({ direction: 'out', zone: 'hall' }), gate({ direction: 'both' })];
    const zones = [
      { id: 'hall', name, capacity: 50 },
      { id: 'hall', name, capacity: 0 },
    ];
    const place = placeOf({ gates, zones }, 'north', told);
    expect(place.direction).toBe('in');
    expect(place.zone?.capacity).toBe(0);
  });
  it('is no place where the bundle names one it does not tell of', () => {
    expect(placeOf({ gates: [gate({ zone: 'gone' })] }, 'north', told)).toEqual({
      direction: 'both',
    });
  });
});
