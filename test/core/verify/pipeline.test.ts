import { beforeAll, describe, expect, test } from 'vitest';
import type { IssuerEntry } from '../../../src/core/trust/bundle.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import { type Reason, reasonStates } from '../../../src/core/verify/verdict.ts';
import {
  at,
  credential,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  jwt,
  offline,
  paper,
  type Scene,
  said,
  show,
  signer,
  stranger,
} from '../../support/passes.ts';
import { demoFiles, viewOf, withBundle, withIssuer } from '../../support/trust-sets.ts';

const reached = new Set<string>();
async function ends(text: string | Promise<string>, scene: Scene, verdict: string): Promise<void> {
  expect(await said(await text, scene)).toBe(verdict);
  reached.add(verdict.split('/')[1] ?? '');
}

const venue = (name: 'school' | 'mall' | 'hospital'): Scene => ({ gate: { ...home, venue: name } });
const live = (claims = {}, hc = {}) => cwt({ claims: good({ ...claims, hc }) });
const ofHebei = async (hc = {}) =>
  cwt({ claims: good({ iss: 'CN-HE', hc }), by: await signer('live', 'CN-HE') });

let suspended: TrustView;
let shortLived: TrustView;
beforeAll(async () => {
  const files = await demoFiles();
  const halt = withIssuer('CN-TJ', (issuer) => ({ ...issuer, state: 'suspended' }));
  suspended = await viewOf(await withBundle(files, halt));
  const retire = withIssuer('CN-TJ', (issuer) => ({
    ...issuer,
    keys: issuer.keys.map((key) =>
      key.kid === 'l1' ? { ...key, nbf: at + 5, exp: at + 10 } : key,
    ),
  }));
  shortLived = await viewOf(await withBundle(files, retire));
});

describe('each step ends with its own reason', { shuffle: false }, () => {
  test('1 · a text that is no pass is named, one that claims to be is refused', async () => {
    await ends('https://example.org', {}, 'unknown/not-a-pass');
    await ends('KK1:', {}, 'stop/malformed');
  });

  test('2 · without trust, or past its date, nobody can be verified', async () => {
    await ends(live(), { trust: undefined }, 'unknown/trust-missing');
    const old = 72 * 3600;
    await ends(live({ iat: at + old, exp: at + old + 60 }), { ageS: old }, 'unknown/trust-expired');
    const last = live({ iat: at + old - 1, exp: at + old + 59 });
    await ends(last, { ageS: old - 1 }, 'pass/admitted');
  });

  test('2 · a scanner older than the authority asks for decides nothing', async () => {
    await ends(live(), { app: '0.0.9' }, 'unknown/app-outdated');
    await ends(live(), { app: '0.1.0' }, 'pass/admitted');
  });

  test('3 · issuer and key must be known and in force', async () => {
    await ends(live({ iss: 'CN-BJ' }), {}, 'unknown/unknown-issuer');
    await ends(live({ iss: 'CN-OLD' }), {}, 'stop/issuer-retired');
    await ends(live(), { trust: suspended }, 'stop/issuer-suspended');
    await ends(cwt({ kid: new Uint8Array([0x78]) }), {}, 'unknown/unknown-key');
    await ends(live(), { trust: shortLived, ageS: 4 }, 'unknown/unknown-key');
    await ends(live(), { trust: shortLived, ageS: 5 }, 'pass/admitted');
    await ends(live(), { trust: shortLived, ageS: 9 }, 'pass/admitted');
    await ends(live(), { trust: shortLived, ageS: 10 }, 'unknown/unknown-key');
  });

  test('4 · a stranger who uses a known kid signs nothing', async () => {
    await ends(cwt({ by: await stranger('l1') }), {}, 'stop/bad-signature');
    await ends(jwt({ by: await stranger('l1') }), {}, 'stop/bad-signature');
    const mallory = await stranger('anything');
    await ends(offline({ stamp: { by: mallory } }), {}, 'stop/bad-signature');
  });

  test('5 · a clock that is not trusted and times that do not fit', async () => {
    await ends(live(), { quality: 'bad' }, 'unknown/clock-untrusted');
    await ends(live(), { ageS: -31 }, 'unknown/from-the-future');
    await ends(live(), { ageS: 90 }, 'stop/stale');
    await ends(paper(), { ageS: 90 * 86_400, trust: await future() }, 'stop/expired');
    await ends(live({ nbf: at + 40 }), { ageS: 9 }, 'stop/not-yet-valid');
    await ends(live({ nbf: at + 40 }), { ageS: 10 }, 'pass/admitted');
  });

  test('6 · a code bound to another gate is refused here', async () => {
    await ends(live({ aud: 'other-gate' }), {}, 'stop/wrong-gate');
    await ends(live({ aud: 'demo-gate' }), {}, 'pass/admitted');
    const demo = await demoView();
    const venueRules = demo.bundle.venueRules.map((r) => ({ ...r, bound: 'required' as const }));
    const trust = { ...demo, bundle: { ...demo.bundle, venueRules } };
    await ends(live(), { trust }, 'check/not-bound');
  });

  test('7 · the status list is believed, and so is its age', async () => {
    await ends(live({}, { si: 7 }), {}, 'stop/revoked');
    await ends(ofHebei({ si: 9 }), {}, 'check/suspended');
    await ends(live({}, { si: 131_072 }), {}, 'unknown/list-too-old');
    const demo = await demoView();
    const issuer = (id: string) => ({ ...demo.issuer(id), liveOnly: true }) as IssuerEntry;
    const region = { trust: { ...demo, lists: new Map(), issuer } };
    await ends(offline(), region, 'unknown/live-only');
    await ends(live(), region, 'pass/admitted');
  });

  test('8 · a code seen before is not admitted again', async () => {
    const verdict = { state: 'pass', reason: 'admitted' } as const;
    const seenAt = (gate: string) => () => ({ gate, at: epochMillis(at * 1000 - 60_000), verdict });
    await ends(live(), { seen: seenAt('demo-gate') }, 'check/already-scanned');
    await ends(live(), { seen: seenAt('gate-2') }, 'check/shown-elsewhere');
  });

  test('9 · the rules of the venue decide last', async () => {
    await ends(live({}, { st: 'o' }), {}, 'check/colour-caution');
    await ends(live({}, { st: 'r' }), {}, 'stop/colour-stop');
    await ends(live({}, { st: 'zz' }), {}, 'unknown/unknown-state');
    await ends(live({}, { nt: ['a1'] }), {}, 'check/notice');
    await ends(live({}, { rh: true }), {}, 'check/relative-held');
    await ends(paper(), {}, 'check/paper-check-id');
    await ends(live(), venue('school'), 'check/temperature-needed');
    await ends(live(), { ...venue('school'), temperature: 37.3 }, 'stop/temperature-high');
    await ends(live(), { ...venue('school'), temperature: 37.2 }, 'pass/admitted');
    await ends(live(), { ...venue('school'), temperature: Number.NaN }, 'stop/temperature-high');
    await ends(live(), venue('mall'), 'pass/advisory');
    await ends(live({}, { st: 'r' }), venue('mall'), 'check/advisory');
    await ends(live(), venue('hospital'), 'unknown/original-way');
    await ends(live({}, { st: 'r' }), { gate: { ...home, leaving: true } }, 'pass/left');
    const demo = await demoView();
    const full = demo.bundle.venueRules.map((r) => ({ ...r, full: 'check' as const }));
    const crowded = { ...demo, bundle: { ...demo.bundle, venueRules: full } };
    await ends(live(), { trust: crowded, gate: { ...home, full: true } }, 'check/zone-full');
  });

  test('and a broken scanner is no verdict on the holder', async () => {
    const seen = () => {
      throw new Error('broken');
    };
    await ends(live(), { seen }, 'unknown/internal-error');
  });

  test('no reason of the closed set was forgotten here', () => {
    expect([...reached].sort()).toEqual((Object.keys(reasonStates) as Reason[]).sort());
  });
});

/** A trust set in force 90 days on, with the lists of that day. */
const future = (): Promise<TrustView> => demoView(epochSeconds(at + 90 * 86_400));

describe('of two faults the earlier step speaks', () => {
  const everything = { aud: 'other', hc: { st: 'r', si: 7 } };
  test.each<[string, () => Promise<string>, Scene, string]>([
    ['shape before trust', async () => 'KK1:A', { trust: undefined }, 'stop/malformed'],
    [
      'trust before issuer',
      () => live({ iss: 'CN-BJ' }),
      { trust: undefined },
      'unknown/trust-missing',
    ],
    [
      'issuer before key',
      () => cwt({ kid: new Uint8Array([1]), claims: good({ iss: 'CN-OLD' }) }),
      {},
      'stop/issuer-retired',
    ],
    [
      'key before signature',
      async () => cwt({ by: await stranger('l9') }),
      {},
      'unknown/unknown-key',
    ],
    [
      'signature before clock',
      async () => cwt({ by: await stranger('l1') }),
      { quality: 'bad' },
      'stop/bad-signature',
    ],
    ['clock before times', () => live(), { quality: 'bad', ageS: 900 }, 'unknown/clock-untrusted'],
    ['times before audience', () => live(everything), { ageS: 90 }, 'stop/stale'],
    ['audience before status', () => live(everything), {}, 'stop/wrong-gate'],
    ['status before sightings', () => live({}, { si: 7 }), { seen: sighting }, 'stop/revoked'],
    [
      'sightings before colour',
      () => live({}, { st: 'r' }),
      { seen: sighting },
      'check/shown-elsewhere',
    ],
    ['red before fever', () => live({}, { st: 'r' }), { temperature: 39 }, 'stop/colour-stop'],
    [
      'fever before orange',
      () => live({}, { st: 'o' }),
      { temperature: 39 },
      'stop/temperature-high',
    ],
    ['orange before a notice', () => live({}, { st: 'o', nt: ['x'] }), {}, 'check/colour-caution'],
    [
      'a notice before paper',
      () => paper({ claims: good({ exp: at + 999, hc: { nt: ['x'] } }) }),
      {},
      'check/notice',
    ],
  ])('%s', async (_, text, scene, verdict) => {
    expect(await said(await text(), scene)).toBe(verdict);
  });

  function sighting() {
    const verdict = { state: 'pass', reason: 'admitted' } as const;
    return { gate: 'gate-2', at: epochMillis(at * 1000), verdict };
  }
});

describe('nothing personal', () => {
  test.each<[string, () => Promise<string>, Scene]>([
    ['an unknown key', () => cwt({ kid: new Uint8Array([1]) }), {}],
    ['a bad signature', async () => cwt({ by: await stranger('l1') }), {}],
    ['a bad stamp', async () => offline({ stamp: { by: await stranger('x') } }), {}],
    ['a retired issuer', () => live({ iss: 'CN-OLD' }), {}],
    ['missing trust', () => live(), { trust: undefined }],
  ])('is shown of a pass with %s', async (_, text, scene) => {
    const verdict = await show(await text(), scene);
    expect(JSON.stringify(verdict)).not.toMatch(/张|2X/);
    expect(Object.keys(verdict)).toEqual(['state', 'reason']);
  });
});

describe('names every object inherits', () => {
  test.each(['__proto__', 'constructor', 'toString', 'valueOf'])(
    '%s is no state, notice or kid',
    async (name) => {
      const st = name.slice(0, 8);
      for (const make of [cwt, jwt]) {
        const verdict = await show(await make({ claims: good({ hc: { st } }) }));
        expect([verdict.state, verdict.pass?.level]).toEqual(['unknown', undefined]);
        const noted = await show(await make({ claims: good({ hc: { nt: [st] } }) }));
        expect(noted.pass?.notices).toEqual([{ code: st }]);
        expect(await said(await make({ by: { ...(await signer()), kid: name } }))).toBe(
          'unknown/unknown-key',
        );
        expect(await said(await make({ claims: good({ iss: name }) }))).toBe('stop/malformed');
        const typed = await make({ typ: name });
        expect(await said(typed)).toBe('stop/malformed');
      }
    },
  );
});

describe('one province', () => {
  test('cannot sign for another, though both call their key l1', async () => {
    const hebei = await signer('live', 'CN-HE');
    expect(await said(await cwt({ by: hebei }))).toBe('stop/bad-signature');
    expect(await said(await jwt({ by: hebei }))).toBe('stop/bad-signature');
  });

  test.each(['credential', 'paper', 'list'] as const)(
    'cannot let its %s key stamp live passes',
    async (role) => {
      expect(await said(await cwt({ by: await signer(role) }))).toBe('unknown/unknown-key');
    },
  );

  test('cannot let its live key make a day credential', async () => {
    const text = await offline({
      credential: { typ: 'kc', by: await signer('live'), claims: dayClaims() },
    });
    expect(await said(text)).toBe('unknown/unknown-key');
  });
});

test('a stamp fits no other credential of the same holder', async () => {
  expect(await said(await offline())).toBe('pass/admitted');
  expect(await said(await offline({ covered: await credential() }))).toBe('stop/bad-signature');
  expect(await said(await offline({ covered: new Uint8Array() }))).toBe('stop/bad-signature');
});

test('a holder key that is no point of the curve is a bad signature, not a broken scanner', async () => {
  const point = new Map<number, unknown>([
    [1, 2],
    [-1, 1],
    [-2, new Uint8Array(32).fill(1)],
    [-3, new Uint8Array(32).fill(1)],
  ]);
  const claims = dayClaims({ cnf: new Map([[1, point]]) });
  const by = await signer('credential');
  expect(await said(await offline({ credential: { typ: 'kc', by, claims } }))).toBe(
    'stop/bad-signature',
  );
});
