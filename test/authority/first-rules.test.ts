import { describe, expect, test } from 'vitest';
import { demoVenueRules } from '../../src/authority/ceremony/first-rules.ts';
import { type Risk, venues } from '../../src/core/trust/venue-rule.ts';
import { ruleFor } from '../../src/core/verify/venue-rules.ts';

const name = { 'zh-CN': '', 'zh-TW': '', en: '' };
const at = (venue: (typeof venues)[number], region: string, risk?: Risk) => {
  const districts = risk ? [{ code: 'd', name, risk, since: '2020-03-07' }] : [];
  const rule = ruleFor(
    { venueRules: demoVenueRules, districts },
    { id: 'g', venue, region, district: 'd' },
  );
  return rule && `${rule.mode} ${rule.temperature} ${rule.levels.caution}`;
};

test('nowhere is the code required and the temperature not: green is only half', () => {
  const halves = demoVenueRules.filter(
    ({ mode, temperature }) => mode === 'required' && temperature === 'none',
  );
  expect(halves).toEqual([]);
});

test('a yellow code is looked into everywhere, also where an orange one stays at home', () => {
  for (const { levels } of demoVenueRules) expect(levels.yellow ?? levels.caution).toBe('check');
});

describe('the rules of the cities', () => {
  test.each([
    ['residential', 'required exception check', 'required exception check'],
    ['transit', 'required exception stop', 'required exception check'],
    ['station', 'required exception stop', 'required exception check'],
    ['workplace', 'required confirm stop', 'required confirm check'],
    ['school', 'required confirm stop', 'required confirm check'],
    ['mall', 'advisory none check', 'advisory none check'],
    ['other', 'advisory none check', 'advisory none check'],
    ['hospital', 'original-way confirm check', 'required confirm check'],
  ] as const)('at a %s: in Tianjin %s, in Hebei %s', (venue, tianjin, hebei) => {
    expect(at(venue, 'CN-TJ')).toBe(tianjin);
    expect(at(venue, 'CN-HE')).toBe(hebei);
  });

  test.each(['medium', 'high'] as const)(
    'in a district of %s risk everybody is asked for one by one, and nothing else changes',
    (risk) => {
      for (const venue of venues)
        for (const region of ['CN-TJ', 'CN-HE'])
          expect(at(venue, region, risk)).toBe(at(venue, region)?.replace('exception', 'confirm'));
      expect(at('residential', 'CN-TJ', 'low')).toBe(at('residential', 'CN-TJ'));
    },
  );
});
