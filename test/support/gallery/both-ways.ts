import { epochMillis } from '../../../src/core/units.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';
import { cardOf, livePass, readyState, someEntries, someShift } from './states.ts';

const busy: AppState = { ...readyState, recent: someEntries };
const place = {
  direction: 'both',
  zone: { id: 'court', name: '海河小区大院', capacity: 200 },
  isExitFree: true,
  asksWhenFull: true,
} as const;
const out = { ...busy, place, shift: { ...someShift, way: 'out' as const } };
const heads = (inside: number, agoMs = 20_000) => ({
  heads: { inside, at: epochMillis(Date.now() - agoMs) },
});

/** A gate people go in and out by, a place that is full or counted wrong, codes that are looked at only. */
export const bothWays = {
  'way-in': { state: { ...busy, place, ...heads(128) } },
  'way-out': { state: { ...out, ...heads(128, 3_600_000) } },
  'way-full': { state: { ...busy, place, ...heads(200) } },
  'way-wrong': { state: { ...out, heads: { inside: -3 } } },
  'look-only': { state: { ...busy, place, ...heads(128), lookOnly: true as const } },
  left: {
    state: {
      ...out,
      card: cardOf({ state: 'pass', reason: 'left', pass: livePass }, { dir: 'out' }),
    },
  },
  'left-or-not': {
    state: {
      ...out,
      card: cardOf({ state: 'unknown', reason: 'not-a-pass', what: 'web-link' }, { dir: 'out' }),
    },
  },
  'zone-full': {
    state: {
      ...busy,
      place,
      ...heads(200),
      card: cardOf({ state: 'check', reason: 'zone-full', pass: livePass }),
    },
  },
  'looked-at': {
    state: {
      ...busy,
      lookOnly: true as const,
      card: cardOf({ state: 'pass', reason: 'admitted', pass: livePass }, { look: true }),
    },
  },
};
