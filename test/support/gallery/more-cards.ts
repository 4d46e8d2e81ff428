import type { Verdict } from '../../../src/core/verify/verdict.ts';
import { cardOf, livePass, readyState, someEntries } from './states.ts';

const card = (verdict: Verdict) => ({
  state: { ...readyState, recent: someEntries, card: cardOf(verdict) },
});

/** A card of each colour a city has between green and red, and of each step a card goes on to. */
export const moreCards = {
  orange: card({
    state: 'check',
    reason: 'colour-caution',
    pass: {
      ...livePass,
      colour: 'orange',
      stateLabel: { 'zh-CN': '橙码', 'zh-TW': '橙碼', en: 'Orange' },
    },
  }),
  yellow: card({
    state: 'check',
    reason: 'colour-caution',
    pass: {
      ...livePass,
      kind: 'credential',
      relativeHeld: true,
      issuer: 'CN-HE',
      issuerName: { 'zh-CN': '河北', 'zh-TW': '河北', en: 'Hebei' },
      colour: 'yellow',
      stateLabel: { 'zh-CN': '黄码', 'zh-TW': '黃碼', en: 'Yellow' },
      notices: [
        {
          code: 'a1',
          label: {
            'zh-CN': '14 天内到过中高风险地区',
            'zh-TW': '14 天內到過中高風險地區',
            en: 'Visited a medium or high risk area within 14 days',
          },
        },
      ],
    },
  }),
  refusing: {
    ...card({ state: 'check', reason: 'relative-held', pass: { ...livePass, relativeHeld: true } }),
    press: 2 as const,
  },
  overrule: { ...card({ state: 'stop', reason: 'wrong-gate', pass: livePass }), press: 1 as const },
};
