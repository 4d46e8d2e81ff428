import { epochMillis } from '../../../src/core/units.ts';
import { cardOf, livePass, readyState, someEntries, someReport } from './states.ts';

const group = { site: 'haihe', gates: { east: '海河花园小区东门（人行）', west: 'West gate' } };
const now = Date.now();
const twice = [
  { seq: 150, at: epochMillis(now - 60_000), gate: 'east', otherAt: epochMillis(now - 20_000) },
  { seq: 143, at: epochMillis(now - 600_000), gate: 'west', otherAt: epochMillis(now - 590_000) },
];
const state = { ...readyState, recent: someEntries, group };
const { shift: _, ...offShift } = state;

/** What a phone says of the other gates of its site: a card, a notice, lines in list and report. */
export const atTwoGates = {
  elsewhere: {
    state: {
      ...state,
      card: cardOf({
        ...{ state: 'check', reason: 'shown-elsewhere', pass: livePass },
        seen: {
          ...{ gate: 'east', at: epochMillis(now - 12_000) },
          verdict: { state: 'pass', reason: 'admitted' },
        },
      }),
    },
  },
  twice: { state: { ...state, twice, twiceNew: 2 } },
  'twice-list': { state: { ...state, twice, twiceNew: 0 }, press: 2 },
  'twice-report': {
    state: {
      ...offShift,
      ...{ twice: twice.map((one) => ({ ...one, at: someReport.startedAt })), twiceNew: 0 },
      summary: someReport,
    },
  },
} as const;
