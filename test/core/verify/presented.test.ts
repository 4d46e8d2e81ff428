import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import { verifyPass } from '../../../src/core/verify/pipeline.ts';
import type { Sighting, Verdict } from '../../../src/core/verify/verdict.ts';
import {
  at,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  jwt,
  offline,
  randomBytes,
  signer,
} from '../../support/passes.ts';

/** A gate's memory: what the scan session does with a verdict, as far as step 8 goes. */
function gateMemory(gate = home.id) {
  const known = new Map<string, Sighting>();
  let admissions = 0;
  return {
    known,
    admissions: () => admissions,
    async present(text: string, ms: number): Promise<Verdict> {
      const now = { at: epochMillis(at * 1000 + ms), quality: 'synced' } as const;
      const seen = (key: string) => known.get(key);
      const verdict = await verifyPass(text, {
        now,
        trust: await demoView(),
        gate: { ...home, id: gate },
        seen,
      });
      const { state, reason, presentations = [], repeat } = verdict;
      if (state === 'pass' && !repeat) admissions++;
      for (const key of presentations) {
        if (!known.has(key)) known.set(key, { gate, at: now.at, verdict: { state, reason } });
      }
      return verdict;
    },
  };
}

const words = ({ state, reason, repeat }: Verdict) => `${state}/${reason}${repeat ? ' again' : ''}`;

describe('the same code at the same gate', () => {
  test.each([
    [0, 'pass/admitted again'],
    [9_999, 'pass/admitted again'],
    [10_000, 'pass/admitted again'],
    [10_001, 'check/already-scanned'],
    [60_000, 'check/already-scanned'],
    [-1, 'check/already-scanned'],
  ])('%i ms later is %s and one admission', async (ms, expected) => {
    const gate = gateMemory();
    const text = await cwt();
    expect(words(await gate.present(text, 5_000))).toBe('pass/admitted');
    const second = await gate.present(text, 5_000 + ms);
    expect(words(second)).toBe(expected);
    expect(second.seen?.at).toBe(at * 1000 + 5_000);
    expect(gate.admissions()).toBe(1);
  });

  test('does not stay fresh by being shown again and again', async () => {
    const gate = gateMemory();
    const text = await cwt();
    for (const ms of [0, 6_000]) await gate.present(text, ms);
    expect(words(await gate.present(text, 12_000))).toBe('check/already-scanned');
  });

  test('repeats a refusal as a refusal', async () => {
    const gate = gateMemory();
    const text = await cwt({ claims: good({ hc: { st: 'r' } }) });
    await gate.present(text, 0);
    expect(words(await gate.present(text, 3_000))).toBe('stop/colour-stop again');
  });
});

test('a code known from another gate is never admitted, however soon', async () => {
  const text = await cwt();
  const first = gateMemory('gate-1');
  await first.present(text, 0);
  const second = gateMemory('gate-2');
  for (const [key, sighting] of first.known) second.known.set(key, sighting);
  expect(words(await second.present(text, 1))).toBe('check/shown-elsewhere');
});

test('the JWT and the CWT of one (iss, jti) are one presentation', async () => {
  const claims = good({ jti: randomBytes(16) });
  const gate = gateMemory();
  await gate.present(await cwt({ claims }), 0);
  expect(words(await gate.present(await jwt({ claims }), 20_000))).toBe('check/already-scanned');
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

test('a second stamp on one credential does not make a second person', async () => {
  const claims = dayClaims();
  const parts = { typ: 'kc', by: await signer('credential'), claims };
  const gate = gateMemory();
  await gate.present(await offline({ credential: parts }), 0);
  expect(words(await gate.present(await offline({ credential: parts }), 20_000))).toBe(
    'check/already-scanned',
  );
});

test('what is remembered is the issuer and the pass id, and nothing of the person or the text', async () => {
  const gate = gateMemory();
  const jti = randomBytes(12);
  await gate.present(await cwt({ claims: good({ jti }) }), 0);
  expect([...gate.known.keys()]).toEqual([`CN-TJ ${Buffer.from(jti).toString('base64url')}`]);
});

test('a sighting that was stored broken admits nobody', async () => {
  for (const reason of ['toString', '__proto__', 'malformed', 'no-such']) {
    const gate = gateMemory();
    const text = await cwt();
    await gate.present(text, 0);
    for (const [key, sighting] of gate.known) {
      const broken = { ...sighting, verdict: { state: 'pass', reason } } as unknown as Sighting;
      gate.known.set(key, broken);
    }
    expect(words(await gate.present(text, 1))).toBe('unknown/internal-error');
  }
});
