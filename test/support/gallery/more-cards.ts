import type { Verdict } from '../../../src/core/verify/verdict.ts';
import type { Poster } from '../../../src/scanner/app/scan/shown/poster.ts';
import { cardOf, livePass, readyState, someEntries } from './states.ts';

const card = (verdict: Verdict) => ({
  state: { ...readyState, recent: someEntries, card: cardOf(verdict) },
});

/** A card over what the phone was shown in place of a pass: a place's poster. */
const poster = (told: Poster) => ({
  state: {
    ...readyState,
    recent: someEntries,
    card: {
      ...cardOf({ state: 'unknown', reason: 'not-a-pass', what: 'venue-code' }),
      poster: told,
    },
  },
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
  poster: poster({
    is: 'here',
    place: '天津图书馆南门',
    issuerName: { 'zh-CN': '天津', 'zh-TW': '天津', en: 'Tianjin' },
    host: 'code.example',
  }),
  'poster-forged': poster({ is: 'bad-signature' }),
  refusing: {
    ...card({ state: 'check', reason: 'relative-held', pass: { ...livePass, relativeHeld: true } }),
    press: 2 as const,
  },
  overrule: { ...card({ state: 'stop', reason: 'wrong-gate', pass: livePass }), press: 1 as const },
};
