import { describe, expect, test } from 'vitest';
import type { VenueRule } from '../../../src/core/trust/venue-rule.ts';
import {
  type Admission,
  applyVenueRule,
  riskAt,
  ruleFor,
} from '../../../src/core/verify/venue-rules.ts';
import { checkedVerdict, reasonStates } from '../../../src/core/verify/verdict.ts';

const rule: VenueRule = {
  venue: 'residential',
  mode: 'required',
  temperature: 'none',
  limitC: 37.3,
  levels: { clear: 'admit', caution: 'check', stop: 'stop', none: 'admit' },
  notice: 'check',
};
const clear: Admission = { level: 'clear', kind: 'live', hasNotices: false, relativeHeld: false };
const words = (over: Partial<VenueRule>, admission: Partial<Admission>) =>
  applyVenueRule({ ...rule, ...over }, { ...clear, ...admission }).join('/');

describe('where the code is required', () => {
  test.each<[Partial<VenueRule>, Partial<Admission>, string]>([
    [{}, {}, 'pass/admitted'],
    [{}, { kind: 'credential' }, 'pass/admitted'],
    [{}, { kind: 'paper' }, 'check/paper-check-id'],
    [{}, { relativeHeld: true }, 'check/relative-held'],
    [{}, { kind: 'paper', relativeHeld: true }, 'check/paper-check-id'],
    [{}, { hasNotices: true, kind: 'paper' }, 'check/notice'],
    [{}, { level: 'caution', hasNotices: true }, 'check/colour-caution'],
    [{ levels: { ...rule.levels, caution: 'stop' } }, { level: 'caution' }, 'stop/colour-caution'],
    [
      { levels: { ...rule.levels, caution: 'stop', yellow: 'check' } },
      { level: 'caution', colour: 'yellow' },
      'check/colour-caution',
    ],
    [
      { levels: { ...rule.levels, caution: 'stop', yellow: 'check' } },
      { level: 'caution', colour: 'orange' },
      'stop/colour-caution',
    ],
    [
      { levels: { ...rule.levels, caution: 'stop' } },
      { level: 'caution', colour: 'yellow' },
      'stop/colour-caution',
    ],
    [{}, { level: 'stop', hasNotices: true, temperature: 40 }, 'stop/colour-stop'],
    [{}, { level: 'none' }, 'pass/admitted'],
    [{ levels: { ...rule.levels, none: 'check' } }, { level: 'none' }, 'check/colour-caution'],
    [{}, { temperature: 37.2 }, 'pass/admitted'],
    [{}, { temperature: 37.3 }, 'stop/temperature-high'],
    [{}, { temperature: 40, level: 'caution' }, 'stop/temperature-high'],
    [{ temperature: 'confirm' }, {}, 'check/temperature-needed'],
    [{ temperature: 'confirm' }, { temperature: 'normal' }, 'pass/admitted'],
    [{ temperature: 'confirm' }, { temperature: 36.6 }, 'pass/admitted'],
    [{ temperature: 'exception' }, { measuredBefore: true }, 'pass/admitted'],
    [{ temperature: 'exception' }, {}, 'check/temperature-needed'],
    [{ temperature: 'exception' }, { temperature: 'normal' }, 'pass/admitted'],
    [
      { temperature: 'exception' },
      { measuredBefore: true, temperature: 'high' },
      'stop/temperature-high',
    ],
    [{ temperature: 'confirm' }, { measuredBefore: true }, 'check/temperature-needed'],
    [{ temperature: 'confirm' }, { temperature: 'high' }, 'stop/temperature-high'],
    [{ temperature: 'measure' }, { measuredBefore: true }, 'check/temperature-needed'],
    [{ temperature: 'measure' }, { temperature: 'high' }, 'stop/temperature-high'],
    [{}, { temperature: 'high', relativeHeld: true }, 'stop/temperature-high'],
    [{ temperature: 'exception' }, { temperature: 37.3 }, 'stop/temperature-high'],
    [{ temperature: 'measure' }, {}, 'check/temperature-needed'],
    [{ temperature: 'measure' }, { temperature: 'normal' }, 'check/temperature-needed'],
    [{ temperature: 'measure' }, { temperature: 36.6 }, 'pass/admitted'],
    [{ temperature: 'measure' }, { relativeHeld: true }, 'check/relative-held'],
  ])('%j with %j is %s', (over, admission, expected) => {
    expect(words(over, admission)).toBe(expected);
  });
});

describe('where the code is advisory no colour refuses', () => {
  test.each<[Partial<Admission>, string]>([
    [{}, 'pass/advisory'],
    [{ level: 'none' }, 'pass/advisory'],
    [{ level: 'caution' }, 'check/advisory'],
    [{ level: 'stop' }, 'check/advisory'],
    [{ hasNotices: true }, 'check/advisory'],
    [{ temperature: 36.6 }, 'pass/advisory'],
    [{ temperature: 37.3 }, 'stop/temperature-high'],
    [{ kind: 'paper' }, 'check/paper-check-id'],
    [{ relativeHeld: true }, 'check/relative-held'],
  ])('%j is %s', (admission, expected) => {
    expect(words({ mode: 'advisory' }, admission)).toBe(expected);
  });
});

test('the original way, and a venue without a rule, leave it to the guard', () => {
  expect(words({ mode: 'original-way' }, { level: 'stop' })).toBe('unknown/original-way');
  expect(applyVenueRule(undefined, clear)).toEqual(['unknown', 'original-way']);
});

test('a mode or temperature rule that does not exist throws, which ends in unknown', () => {
  const odd = { ...rule, mode: 'free' } as unknown as VenueRule;
  expect(() => applyVenueRule(odd, clear)).toThrow();
  const warm = { ...rule, temperature: 'guess' } as unknown as VenueRule;
  expect(() => applyVenueRule(warm, clear)).toThrow();
});

test('the rule of the region comes before the rule for everywhere, in any order', () => {
  const here = { ...rule, region: 'CN-TJ', mode: 'advisory' } as const;
  const there = { ...rule, region: 'CN-HE', mode: 'original-way' } as const;
  const other = { ...rule, venue: 'mall' } as const;
  const gate = { id: 'g', venue: 'residential' } as const;
  for (const rules of [
    [rule, here, there, other],
    [other, there, here, rule],
  ]) {
    expect(ruleFor({ venueRules: rules }, { ...gate, region: 'CN-TJ' })).toBe(here);
    expect(ruleFor({ venueRules: rules }, { ...gate, region: 'CN-BJ' })).toBe(rule);
    expect(ruleFor({ venueRules: rules }, gate)).toBe(rule);
  }
  expect(ruleFor({ venueRules: [here, there, other] }, gate)).toBeUndefined();
  expect(
    ruleFor({ venueRules: [here] }, { ...gate, venue: 'mall', region: 'CN-TJ' }),
  ).toBeUndefined();
});

test('the rule of region and risk comes before region alone, risk alone, neither', () => {
  const book = {
    districts: [
      {
        code: '120101',
        name: { 'zh-CN': '', 'zh-TW': '', en: '' },
        risk: 'high',
        since: '2020-03-07',
      },
      {
        code: '120110',
        name: { 'zh-CN': '', 'zh-TW': '', en: '' },
        risk: 'unknown',
        since: '2020-03-07',
      },
    ] as const,
  };
  const venueRules: VenueRule[] = [
    rule,
    { ...rule, risk: 'high' },
    { ...rule, region: 'CN-TJ' },
    { ...rule, region: 'CN-TJ', risk: 'high' },
    { ...rule, risk: 'low' },
  ];
  const gate = { id: 'g', venue: 'residential', region: 'CN-TJ', district: '120101' } as const;
  for (let from = venueRules.length; from > 0; from--) {
    const closest = [3, 2, 1, 0].filter((n) => n < from)[0] ?? 0;
    const rules = venueRules.slice(0, from);
    expect(ruleFor({ ...book, districts: [...book.districts], venueRules: rules }, gate)).toBe(
      venueRules[closest],
    );
  }
  const whole = { ...book, districts: [...book.districts], venueRules };
  expect(ruleFor(whole, { ...gate, region: 'CN-HE' })).toBe(venueRules[1]);
  expect(ruleFor(whole, { ...gate, district: '120105' })).toBe(venueRules[2]);
  expect(ruleFor(whole, { ...gate, region: 'CN-HE', district: '120105' })).toBe(rule);
  // a risk of tomorrow: which rule is meant cannot be known
  expect(ruleFor(whole, { ...gate, district: '120110' })).toBeUndefined();
});

test("the bundle's word on a gate's district comes before the enrolment's", () => {
  const name = { 'zh-CN': '区', 'zh-TW': '區', en: 'District' };
  const gates = [{ id: 'g', name, district: 'b' }];
  const districts = [
    { code: 'a', name, risk: 'low' as const, since: '2020-03-07' },
    { code: 'b', name, risk: 'high' as const, since: '2020-03-07' },
  ];
  const gate = { id: 'g', venue: 'residential', district: 'a' } as const;
  expect(riskAt({ gates, districts }, gate)).toBe('high');
  expect(riskAt({ gates: [], districts }, gate)).toBe('low');
  expect(riskAt({ districts }, { id: 'g', venue: 'residential' })).toBeUndefined();
});

test('a bundle that says two things of one place is believed in neither: the original way, whichever comes first', () => {
  const name = { 'zh-CN': '区', 'zh-TW': '區', en: 'District' };
  const district = (code: string, risk: 'low' | 'high') => ({
    code,
    name,
    risk,
    since: '2020-03-07',
  });
  const gate = { id: 'g', venue: 'residential', district: 'a' } as const;
  const strict: VenueRule = { ...rule, temperature: 'measure' };
  const twice = <T>(one: T, other: T): T[][] => [
    [one, other],
    [other, one],
  ];
  for (const venueRules of twice(rule, strict)) {
    expect(ruleFor({ venueRules }, gate)).toBeUndefined();
    expect(
      ruleFor({ venueRules: [...venueRules, { ...rule, region: 'CN-TJ' }] }, gate),
    ).toBeUndefined();
  }
  expect(ruleFor({ venueRules: [rule, { ...rule }] }, gate)).toEqual(rule);
  for (const districts of twice(district('a', 'low'), district('a', 'high'))) {
    expect(riskAt({ districts }, gate)).toBe('unknown');
    expect(ruleFor({ venueRules: [rule], districts }, gate)).toBeUndefined();
  }
  const districts = [district('a', 'low'), district('b', 'high')];
  for (const gates of twice({ id: 'g', name, district: 'a' }, { id: 'g', name, district: 'b' })) {
    expect(riskAt({ gates, districts }, gate)).toBe('unknown');
  }
});

test('no reason can come with a state it does not have', () => {
  for (const [reason, states] of Object.entries(reasonStates)) {
    for (const state of ['pass', 'check', 'stop', 'unknown'] as const) {
      const made = checkedVerdict(state, reason as keyof typeof reasonStates);
      const fits = (states as readonly string[]).includes(state);
      expect(made).toEqual(
        fits ? { state, reason } : { state: 'unknown', reason: 'internal-error' },
      );
    }
  }
});
