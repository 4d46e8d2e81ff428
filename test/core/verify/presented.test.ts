import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../../src/core/trust/bundle.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import { admitPass, openPass } from '../../../src/core/verify/pipeline.ts';
import type { Sighting, Verdict } from '../../../src/core/verify/verdict.ts';
import {
  at,
  type Claims,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  jwt,
  offline,
  paper,
  randomBytes,
  signer,
} from '../../support/passes.ts';

/** A gate's memory: what the scan session does with an admission, as far as step 8 goes. */
function gateMemory(
  gate = home.id,
  change: (bundle: Bundle) => Bundle = (same) => same,
  set: { readonly passBackS?: number } = {},
) {
  const known = new Map<string, Sighting>();
  return {
    known,
    async present(text: string, ms: number): Promise<Verdict> {
      const now = { at: epochMillis(at * 1000 + ms), quality: 'synced' } as const;
      const demo = await demoView();
      const trust: TrustView = { ...demo, bundle: change(demo.bundle) };
      const here = { ...home, ...set, id: gate };
      const opened = await openPass(text, { now, trust, gate: here });
      if ('end' in opened) return opened.end;
      const seen = (key: string) => known.get(key);
      const { verdict, sightings } = admitPass(opened.genuine, { now, gate: here, seen });
      for (const [key, sighting] of sightings) known.set(key, sighting);
      return verdict;
    },
  };
}
const words = ({ state, reason }: Verdict) => `${state}/${reason}`;
const again = 'check/already-scanned';

/** One credential in a wallet, shown under a new stamp each time. */
function wallet(claims: Claims = dayClaims()) {
  return async (stampedAfterS: number) =>
    offline({
      credential: { typ: 'kc', by: await signer('credential'), claims },
      stamp: { claims: { iat: epochSeconds(at + stampedAfterS), jti: randomBytes(12) } },
    });
}

describe('the same code at the same gate', () => {
  test.each([0, 1, 9_999, 10_000, 60_000, -1])(
    'is already scanned %i ms after it passed, and is no second admission',
    async (ms) => {
      const gate = gateMemory();
      const text = await cwt();
      expect(words(await gate.present(text, 5_000))).toBe('pass/admitted');
      const second = await gate.present(text, 5_000 + ms);
      expect(words(second)).toBe(again);
      expect(second.seen?.at).toBe(at * 1000 + 5_000);
    },
  );

  test('says how long ago it was first here, however often it comes', async () => {
    const gate = gateMemory();
    const text = await cwt();
    await gate.present(text, 0);
    await gate.present(text, 4_000);
    expect((await gate.present(text, 9_000)).seen?.at).toBe(at * 1000);
  });

  test('is red at every showing: what was stopped let nobody in, and is no repeat', async () => {
    const gate = gateMemory();
    const text = await cwt({ claims: good({ hc: { st: 'r' } }) });
    expect(words(await gate.present(text, 0))).toBe('stop/colour-stop');
    expect(words(await gate.present(text, 3_000))).toBe('stop/colour-stop');
  });
});

describe('a day credential', () => {
  test('under another stamp within five minutes since it passed is one code in two hands', async () => {
    const gate = gateMemory();
    const stamped = wallet();
    expect(words(await gate.present(await stamped(0), 0))).toBe('pass/admitted');
    expect(words(await gate.present(await stamped(15), 15_000))).toBe(again);
    expect(words(await gate.present(await stamped(300), 300_000))).toBe(again);
  });

  test('later than that is somebody who comes home again, and the five minutes begin anew', async () => {
    const gate = gateMemory();
    const stamped = wallet();
    await gate.present(await stamped(0), 0);
    expect(words(await gate.present(await stamped(301), 301_000))).toBe('pass/admitted');
    expect(words(await gate.present(await stamped(400), 400_000))).toBe(again);
    expect(words(await gate.present(await stamped(4000), 4_000_000))).toBe('pass/admitted');
  });

  test('that keeps being tried does not push its own return away', async () => {
    const gate = gateMemory();
    const stamped = wallet();
    await gate.present(await stamped(0), 0);
    await gate.present(await stamped(290), 290_000);
    expect(words(await gate.present(await stamped(310), 310_000))).toBe('pass/admitted');
  });

  test('with the very same stamp is never let in twice, however late its clock lets it', async () => {
    const gate = gateMemory(home.id, ({ venueRules, ...rest }) => ({
      ...rest,
      venueRules: venueRules.map((rule) => ({ ...rule, passBackS: 5 })),
    }));
    const text = await wallet()(0);
    await gate.present(text, 0);
    expect(words(await gate.present(text, 60_000))).toBe(again);
  });

  test('waits as long as the rule of the venue says', async () => {
    const gate = gateMemory(home.id, ({ venueRules, ...rest }) => ({
      ...rest,
      venueRules: venueRules.map((rule) => ({ ...rule, passBackS: 20 })),
    }));
    const stamped = wallet();
    await gate.present(await stamped(0), 0);
    expect(words(await gate.present(await stamped(20), 20_000))).toBe(again);
    expect(words(await gate.present(await stamped(21), 20_001))).toBe('pass/admitted');
  });

  test.each([
    ['as long as the gate says, longer than usual', undefined, 600, 600],
    ['as long as the gate says, shorter than usual', undefined, 60, 60],
    ['as long as the rule says, where the gate says less', 120, 60, 120],
    ['as long as the gate says, where the rule says less', 120, 180, 180],
  ])('waits %s', async (_, passBackS, own, waits) => {
    const withRule = ({ venueRules, ...rest }: Bundle): Bundle => ({
      ...rest,
      venueRules: venueRules.map((rule) => ({ ...rule, ...(passBackS && { passBackS }) })),
    });
    const gate = gateMemory(home.id, withRule, { passBackS: own });
    const stamped = wallet();
    await gate.present(await stamped(0), 0);
    expect(words(await gate.present(await stamped(waits), waits * 1000))).toBe(again);
    const after = await gate.present(await stamped(waits + 1), waits * 1000 + 1);
    expect(words(after)).toBe('pass/admitted');
  });

  test('that did not pass is judged anew under its next stamp', async () => {
    const gate = gateMemory();
    const stamped = wallet(dayClaims({ hc: { st: 'o' } }));
    await gate.present(await stamped(0), 0);
    expect(words(await gate.present(await stamped(15), 15_000))).toBe('check/colour-caution');
  });

  test('remembered by an older app by its id alone still counts', async () => {
    const gate = gateMemory();
    const jti = randomBytes(12);
    const key = `CN-TJ ${Buffer.from(jti).toString('base64url')}`;
    const verdict = { state: 'pass', reason: 'admitted' } as const;
    gate.known.set(key, { gate: home.id, at: epochMillis(at * 1000), verdict });
    expect(words(await gate.present(await wallet(dayClaims({ jti }))(9), 9_000))).toBe(again);
  });
});

test('a paper code is the same every time: soon after it is a repeat, later a return', async () => {
  const gate = gateMemory();
  const text = await paper();
  expect(words(await gate.present(text, 0))).toBe('check/paper-check-id');
  expect(words(await gate.present(text, 300_000))).toBe(again);
  expect(words(await gate.present(text, 300_001))).toBe('check/paper-check-id');
});

test('a code known from another gate is never admitted, however soon', async () => {
  const first = gateMemory('gate-1');
  const stamped = wallet();
  const text = await cwt();
  await first.present(text, 0);
  await first.present(await stamped(0), 0);
  const second = gateMemory('gate-2');
  for (const [key, sighting] of first.known) second.known.set(key, sighting);
  expect(words(await second.present(text, 1))).toBe('check/shown-elsewhere');
  expect(words(await second.present(await stamped(3), 3_000))).toBe('check/shown-elsewhere');
});

test('the JWT and the CWT of one (iss, jti) are one presentation', async () => {
  const claims = good({ jti: randomBytes(16) });
  const gate = gateMemory();
  await gate.present(await cwt({ claims }), 0);
  expect(words(await gate.present(await jwt({ claims }), 20_000))).toBe(again);
});

test('the same jti of another issuer is another presentation', async () => {
  const jti = randomBytes(12);
  const gate = gateMemory();
  await gate.present(await cwt({ claims: good({ jti }) }), 0);
  const hebei = await cwt({
    claims: good({ iss: 'CN-HE', jti }),
    by: await signer('live', 'CN-HE'),
  });
  expect(words(await gate.present(hebei, 20_000))).toBe('pass/admitted');
});

test('what is remembered is the issuer and random ids, and nothing of the person or the text', async () => {
  const gate = gateMemory();
  const jti = randomBytes(12);
  const id = `CN-TJ ${Buffer.from(jti).toString('base64url')}`;
  await gate.present(await cwt({ claims: good({ jti }) }), 0);
  expect([...gate.known.keys()]).toEqual([id]);
  await gateMemoryOf(await wallet(dayClaims({ jti }))(0), id);
});

async function gateMemoryOf(text: string, id: string): Promise<void> {
  const gate = gateMemory();
  await gate.present(text, 0);
  const [presentation, credential] = [...gate.known.keys()];
  expect(presentation).toMatch(/^CN-TJ [\w-]{16} [\w-]{16}$/);
  expect(credential).toBe(id);
}

test('a sighting that was stored broken admits nobody', async () => {
  const stamped = wallet();
  for (const broken of [{}, { at: 'noon' }, { verdict: undefined }, { verdict: { state: 'x' } }]) {
    const gate = gateMemory();
    const text = await cwt();
    await gate.present(text, 0);
    await gate.present(await stamped(0), 0);
    for (const [key, sighting] of gate.known) {
      gate.known.set(key, { ...sighting, ...broken } as unknown as Sighting);
    }
    expect((await gate.present(text, 1)).state).not.toBe('pass');
    expect((await gate.present(await stamped(1), 1_000)).state).not.toBe('pass');
  }
});

describe('a scan that waited for the temperature', () => {
  const school = { ...home, venue: 'school' } as const;
  const sceneAt = async (ms: number) => {
    const now = { at: epochMillis(at * 1000 + ms), quality: 'synced' } as const;
    return { now, trust: await demoView(), gate: school };
  };
  async function waiting(text: string, known: Map<string, Sighting>) {
    const scene = await sceneAt(0);
    const opened = await openPass(text, scene);
    if ('end' in opened) throw new Error(opened.end.reason);
    const { verdict, sightings } = admitPass(opened.genuine, {
      ...scene,
      seen: (key) => known.get(key),
    });
    expect(verdict.reason).toBe('temperature-needed');
    for (const [key, sighting] of sightings) known.set(key, sighting);
    return async (ms: number) => {
      const { now } = await sceneAt(ms);
      const seen = (key: string) => known.get(key);
      const later = { now, gate: school, temperature: 'normal', completes: true, seen } as const;
      const admission = admitPass(opened.genuine, later);
      for (const [key, sighting] of admission.sightings) known.set(key, sighting);
      return words(admission.verdict);
    };
  }

  test('is no repeat of itself, and lets one credential in once, though two stamps of it waited', async () => {
    const known = new Map<string, Sighting>();
    const stamped = wallet();
    const one = await waiting(await stamped(0), known);
    const other = await waiting(await stamped(1), known);
    expect(await one(20_000)).toBe('pass/admitted');
    expect(await other(21_000)).toBe(again);
  });
});
