import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../../src/core/trust/bundle.ts';
import { venueRules } from '../../../src/core/trust/venue-rule.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import { admitPass, openPass } from '../../../src/core/verify/pipeline.ts';
import type { GateFacts } from '../../../src/core/verify/venue-rules.ts';
import type { Sighting, Verdict } from '../../../src/core/verify/verdict.ts';
import {
  at,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  offline,
  paper,
  randomBytes,
  signer,
} from '../../support/passes.ts';

type Rule = Bundle['venueRules'][number];
interface Change {
  readonly rule?: Partial<Rule>;
  readonly trust?: Partial<TrustView> | 'none';
  readonly gate?: Partial<GateFacts>;
}

/** A gate people go in and out by, and what its phone remembers. */
function gate({ rule = {}, trust, gate: facts = {} }: Change = {}) {
  const known = new Map<string, Sighting>();
  return async (text: string, way: 'in' | 'out' = 'out', ms = 0): Promise<Verdict> => {
    const demo = await demoView();
    const venues = demo.bundle.venueRules.map((one) => ({ ...one, ...rule }));
    const bundle = { ...demo.bundle, venueRules: venues };
    const view = trust === 'none' ? undefined : { ...demo, bundle, ...trust };
    const now = { at: epochMillis(at * 1000 + ms), quality: 'synced' } as const;
    const here = { ...home, ...facts, ...(way === 'out' && ({ leaving: true } as const)) };
    const opened = await openPass(text, { now, trust: view, gate: here, app: '99.0.0' });
    if ('end' in opened) return opened.end;
    const seen = (key: string) => known.get(key);
    const { verdict, sightings } = admitPass(opened.genuine, { now, gate: here, seen });
    for (const [key, sighting] of sightings) known.set(key, sighting);
    return verdict;
  };
}
const words = ({ state, reason }: Verdict) => `${state}/${reason}`;
const red = () => cwt({ claims: good({ hc: { st: 'r' } }) });
const old = () =>
  cwt({ claims: good({ iat: epochSeconds(at - 3600), exp: epochSeconds(at - 3540) }) });
const forged = async () => {
  const text = await cwt();
  return `${text.slice(0, -4)}${text.at(-4) === 'A' ? 'B' : 'A'}${text.slice(-3)}`;
};

describe('leaving by a gate whose exit is free', () => {
  test.each([
    ['green', () => cwt()],
    ['red', red],
    ['paper', () => paper()],
    ['an hour old', old],
    ['not genuine', forged],
    ['damaged', async () => 'KK1:NONSENSE'],
    ['a day code', () => offline()],
    ['for another gate', () => cwt({ claims: good({ aud: 'elsewhere' }) })],
    ['by an issuer nobody knows', () => cwt({ claims: good({ iss: 'CN-XZ' }) })],
  ])('a code that is %s holds nobody', async (_, text) => {
    expect(words(await gate()(await text()))).toBe('pass/left');
  });

  test('nor does a trust set that is over, or a full place', async () => {
    const over = gate({ trust: { exp: epochSeconds(at - 1) } });
    expect(words(await over(await cwt()))).toBe('pass/left');
    const crowded = gate({ gate: { full: true }, rule: { full: 'check' } });
    expect(words(await crowded(await red()))).toBe('pass/left');
  });

  test('what is no pass at all is nobody who left', async () => {
    const found = await gate()('https://example.org/');
    expect(words(found)).toBe('unknown/not-a-pass');
  });

  test('nothing of a code that did not verify is shown', async () => {
    expect((await gate()(await forged())).pass).toBeUndefined();
  });

  test('no temperature is asked for, by whatever rule', async () => {
    const measured = gate({ rule: { temperature: 'measure', mode: 'required' } });
    expect(words(await measured(await cwt()))).toBe('pass/left');
  });
});

describe('where nobody can say that the exit is free', () => {
  test('without a trust set, or with one this app may not read, it stays unknown', async () => {
    expect(words(await gate({ trust: 'none' })(await cwt()))).toBe('unknown/trust-missing');
    const outdated = gate({ trust: { outdated: true } });
    expect(words(await outdated(await cwt()))).toBe('unknown/app-outdated');
  });
  test('without a rule for the place the original way holds', async () => {
    const none = gate({ rule: { region: 'CN-XZ' } });
    expect(words(await none(await cwt()))).toBe('unknown/original-way');
  });
  test('a rule with a word of tomorrow lets nobody go by it', () => {
    const [kept] = v.parse(venueRules, [
      {
        ...{ venue: 'hospital', mode: 'required', temperature: 'none', limitC: 37.3 },
        levels: { clear: 'admit', caution: 'check', stop: 'stop', none: 'check' },
        ...{ notice: 'check', exit: 'escorted' },
      },
    ]);
    expect(kept).toMatchObject({ mode: 'original-way', exit: 'checked' });
  });
  test('a throw on the way is no leave', async () => {
    const demo = await demoView();
    const trust = new Proxy(demo, {
      get(view, name, receiver) {
        if (name === 'issuer') throw new Error('broken on purpose');
        return Reflect.get(view, name, receiver);
      },
    });
    const now = { at: epochMillis(at * 1000), quality: 'synced' } as const;
    const found = await openPass(await cwt(), { now, trust, gate: { ...home, leaving: true } });
    expect('end' in found && words(found.end)).toBe('unknown/internal-error');
  });
});

describe('an exit that is checked', () => {
  const ward = (rule: Partial<Rule> = {}) =>
    gate({ rule: { exit: 'checked', temperature: 'none', ...rule } });
  test('the rules apply', async () => {
    expect(words(await ward()(await red()))).toBe('stop/colour-stop');
    expect(words(await ward()(await old()))).toBe('stop/stale');
    expect(words(await ward()(await forged()))).toBe('stop/bad-signature');
    const measured = ward({ temperature: 'measure' });
    expect(words(await measured(await cwt()))).toBe('check/temperature-needed');
  });
  test('who may leave has left, and was not let in', async () => {
    expect(words(await ward()(await cwt()))).toBe('pass/left');
  });
  test('one code leaves once', async () => {
    const here = ward();
    const text = await cwt();
    await here(text);
    expect(words(await here(text, 'out', 5000))).toBe('check/already-scanned');
  });
});

describe('in, out and in again', () => {
  const open = () => gate({ rule: { temperature: 'none', mode: 'required' } });
  const stamp = async (claims: ReturnType<typeof dayClaims>, afterS: number) =>
    offline({
      credential: { typ: 'kc', by: await signer('credential'), claims },
      stamp: { claims: { iat: epochSeconds(at + afterS), jti: randomBytes(12) } },
    });

  test('a day code may come back within minutes, and passes once for each way', async () => {
    const here = open();
    const claims = dayClaims();
    expect(words(await here(await stamp(claims, 0), 'in'))).toBe('pass/admitted');
    expect(words(await here(await stamp(claims, 20), 'in', 20_000))).toBe('check/already-scanned');
    expect(words(await here(await stamp(claims, 40), 'out', 40_000))).toBe('pass/left');
    expect(words(await here(await stamp(claims, 60), 'in', 60_000))).toBe('pass/admitted');
    expect(words(await here(await stamp(claims, 80), 'in', 80_000))).toBe('check/already-scanned');
  });

  test('so may one code within its minute', async () => {
    const here = open();
    const text = await cwt();
    expect(words(await here(text, 'in'))).toBe('pass/admitted');
    expect(words(await here(text, 'out', 10_000))).toBe('pass/left');
    expect(words(await here(text, 'in', 20_000))).toBe('pass/admitted');
    expect(words(await here(text, 'in', 30_000))).toBe('check/already-scanned');
  });

  test('an old code that leaves opens the way for nobody', async () => {
    const here = open();
    const claims = dayClaims();
    await here(await stamp(claims, 0), 'in');
    expect(words(await here(await stamp(claims, 0), 'out', 200_000))).toBe('pass/left');
    expect(words(await here(await stamp(claims, 210), 'in', 210_000))).toBe(
      'check/already-scanned',
    );
  });

  test('a code that was only checked on its way out has not left', async () => {
    const ward = gate({ rule: { temperature: 'none', exit: 'checked', mode: 'required' } });
    const text = await cwt({ claims: good({ hc: { st: 'g', rh: true } }) });
    await ward(text, 'in');
    expect(words(await ward(text, 'out', 1000))).toBe('check/already-scanned');
    expect(words(await ward(text, 'in', 2000))).toBe('check/already-scanned');
  });
});

describe('a place that is full', () => {
  const crowded = (rule: Partial<Rule> = {}) =>
    gate({
      rule: { mode: 'required', temperature: 'none', full: 'check', ...rule },
      gate: { full: true },
    });
  test('is the guard’s to decide, before anybody is measured', async () => {
    for (const rule of [{}, { temperature: 'measure' }, { mode: 'advisory' }] as const) {
      expect(words(await crowded(rule)(await cwt(), 'in'))).toBe('check/zone-full');
    }
  });
  test('makes no red code milder, and counts for nothing where the rule ignores it', async () => {
    expect(words(await crowded()(await red(), 'in'))).toBe('stop/colour-stop');
    expect(words(await crowded({ full: 'ignore' })(await cwt(), 'in'))).toBe('pass/admitted');
  });
});
