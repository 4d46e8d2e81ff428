import { describe, expect, test } from 'vitest';
import { scanBody } from '../../../src/core/log/scan-entry.ts';
import type { ParsedPass } from '../../../src/core/pass/format.ts';
import {
  factsOf,
  kindNames,
  kindOfTyp,
  kinds,
  type PassKind,
} from '../../../src/core/pass/kinds.ts';
import type { Bundle } from '../../../src/core/trust/bundle.ts';
import type { VenueRule } from '../../../src/core/trust/venue-rule.ts';
import { epochSeconds } from '../../../src/core/units.ts';
import { checkTimes } from '../../../src/core/verify/freshness.ts';
import { decideByVenue } from '../../../src/core/verify/venue-rules.ts';
import { type VerifiedPass, verdict } from '../../../src/core/verify/verdict.ts';
import { at, demoView, home, show, cwt as text } from '../../support/passes.ts';

const limits = { liveS: 60, skewS: 30, credentialS: 86_400, paperS: 400 * 86_400 };
const easy: VenueRule = {
  venue: 'residential',
  mode: 'required',
  temperature: 'none',
  limitC: 37.3,
  levels: { clear: 'admit', caution: 'check', stop: 'stop', none: 'admit' },
  notice: 'check',
};

/** A good green pass of the kind, as the steps after the signature see it. */
async function shown(kind: PassKind): Promise<VerifiedPass> {
  const { pass } = await show(await text());
  if (!pass) throw new Error('no pass');
  return { ...pass, kind };
}
const parsed = (kind: PassKind): ParsedPass => ({
  kind,
  form: 'cwt',
  kid: 'l1',
  typ: 'kp',
  claims: {
    iss: 'CN-TJ',
    iat: at,
    exp: epochSeconds(at + 60),
    jti: 'AAAAAAAAAAA',
    st: 'g',
    si: 42,
    rh: false,
    nt: [],
  },
  verify: async () => true,
});

/** Names that no row has, one of them a member every object inherits. */
const strangers = ['hcert', 'constructor', '__proto__', ''] as unknown as PassKind[];

describe.each(strangers)('a kind nobody has heard of, %j, cast in by force', (kind) => {
  test('is never fresh', () => {
    expect(checkTimes(parsed(kind), at, limits)).toBe('malformed');
  });

  test('is a pass at no venue, whatever its rule', async () => {
    const { bundle } = await demoView();
    const pass = await shown(kind);
    for (const mode of ['required', 'advisory', 'original-way'] as const) {
      const ruled: Bundle = { ...bundle, venueRules: [{ ...easy, mode }] };
      const found = decideByVenue(pass, ruled, home, 'normal');
      expect([mode, found.state, found.reason]).toEqual([mode, 'unknown', 'internal-error']);
    }
  });

  test('leaves neither id nor age in the log', async () => {
    const pass = await shown(kind);
    const body = scanBody({
      verdict: verdict('pass', 'admitted', { pass }),
      method: 'camera',
    });
    expect(body).not.toHaveProperty('jti');
    expect(body).not.toHaveProperty('ageS');
  });

  test('has no facts', () => {
    expect(factsOf(kind)).toEqual({});
  });
});

test('a row with a fact missing is read as the stricter answer by every step', async () => {
  const rows: Record<string, object> = kinds;
  const { bundle } = await demoView();
  const facts = Object.keys(kinds.live);
  for (const fact of facts) {
    const { [fact]: _, ...less } = kinds.live as Record<string, unknown>;
    rows['half'] = less;
    try {
      const kind = 'half' as PassKind;
      const pass = await shown(kind);
      const fresh = checkTimes(parsed(kind), at, limits) === undefined;
      const admitted = decideByVenue(pass, bundle, home).state === 'pass';
      const body = scanBody({
        verdict: verdict('pass', 'admitted', { pass }),
        method: 'camera',
      });
      expect([fact, fresh]).toEqual([fact, fact !== 'freshBy' && fact !== 'longest']);
      expect([fact, admitted]).toEqual([fact, fact !== 'best' && fact !== 'asksId']);
      expect([fact, 'jti' in body]).toEqual([fact, fact !== 'logsId']);
    } finally {
      delete rows['half'];
    }
  }
});

test('a kind whose best is check is never lifted to pass by a rule that forgets it', async () => {
  const rows: Record<string, object> = kinds;
  const { bundle } = await demoView();
  rows['card'] = { ...kinds.paper, asksId: false };
  try {
    const pass = await shown('card' as PassKind);
    expect(decideByVenue(pass, bundle, home).state).toBe('check');
  } finally {
    delete rows['card'];
  }
});

test('each kind is signed under a typ of its own', () => {
  for (const kind of kindNames) expect(kindOfTyp(kinds[kind].typ)).toBe(kind);
});
