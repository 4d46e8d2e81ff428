import { describe, expect, test } from 'vitest';
import type { VenueRule } from '../../../src/core/trust/bundle.ts';
import { type Admission, applyVenueRule, ruleFor } from '../../../src/core/verify/venue-rules.ts';
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
    [{}, { level: 'stop', hasNotices: true, temperature: 40 }, 'stop/colour-stop'],
    [{}, { level: 'none' }, 'pass/admitted'],
    [{ levels: { ...rule.levels, none: 'check' } }, { level: 'none' }, 'check/colour-caution'],
    [{}, { temperature: 37.2 }, 'pass/admitted'],
    [{}, { temperature: 37.3 }, 'stop/temperature-high'],
    [{}, { temperature: 40, level: 'caution' }, 'stop/temperature-high'],
    [{ temperature: 'confirm' }, {}, 'check/temperature-needed'],
    [{ temperature: 'confirm' }, { temperature: 'normal' }, 'pass/admitted'],
    [{ temperature: 'confirm' }, { temperature: 36.6 }, 'pass/admitted'],
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
    expect(ruleFor(rules, { ...gate, region: 'CN-TJ' })).toBe(here);
    expect(ruleFor(rules, { ...gate, region: 'CN-BJ' })).toBe(rule);
    expect(ruleFor(rules, gate)).toBe(rule);
  }
  expect(ruleFor([here, there, other], gate)).toBeUndefined();
  expect(ruleFor([here], { ...gate, venue: 'mall', region: 'CN-TJ' })).toBeUndefined();
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
