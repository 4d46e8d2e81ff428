import { beforeAll, describe, expect, test } from 'vitest';
import { acceptTrust, noMarks } from '../../../../src/core/trust/accept.ts';
import type { TrustView } from '../../../../src/core/trust/view.ts';
import { epochSeconds, toMillis } from '../../../../src/core/units.ts';
import { verifyPass } from '../../../../src/core/verify/pipeline.ts';
import type { GateFacts } from '../../../../src/core/verify/venue-rules.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { type DemoPassRequest, demoPass } from '../../../../src/demo/demo-pass.ts';
import { demoTrust } from '../../../../src/demo/demo-trust.ts';

const at = epochSeconds(1_800_000_000);
const keys = demoKeys();
const home: GateFacts = {
  id: 'demo-gate',
  venue: 'residential',
  region: 'CN-TJ',
  measuredBefore: true,
};
let trust: TrustView;

beforeAll(async () => {
  const accepted = await acceptTrust(await demoTrust(at), noMarks, at);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.error));
  trust = accepted.value.view;
});

type Change = Partial<DemoPassRequest>;

async function mint(change: Change): Promise<string> {
  const jti = crypto.getRandomValues(new Uint8Array(12));
  const base = { issuer: 'CN-TJ', state: 'g', kind: 'live', form: 'cwt', at, jti } as const;
  const pass = await demoPass(keys, { ...base, ...change });
  if (!pass.ok) throw new Error(pass.error);
  return pass.value.text;
}

async function verdictOf(change: Change, gate: GateFacts = home, ageS = 3): Promise<string> {
  const now = { at: toMillis(epochSeconds(at + ageS)), quality: 'synced' } as const;
  const { state, reason } = await verifyPass(await mint(change), { now, trust, gate });
  return `${state}/${reason}`;
}

describe.each(['cwt', 'jwt'] as const)('a live pass as %s', (form) => {
  test.each([
    ['CN-TJ', 'g', 'pass/admitted'],
    ['CN-TJ', 'o', 'check/colour-caution'],
    ['CN-TJ', 'r', 'stop/colour-stop'],
    ['CN-HE', 'g', 'pass/admitted'],
    ['CN-HE', 'y', 'check/colour-caution'],
    ['CN-HE', 'r', 'stop/colour-stop'],
    ['CN', 'n', 'pass/admitted'],
    ['CN-OLD', 'g', 'stop/issuer-retired'],
  ])('of %s in state %s is %s', async (issuer, state, expected) => {
    expect(await verdictOf({ issuer, state, form })).toBe(expected);
  });

  test('names what the guard must look at: a notice, a relative, another gate', async () => {
    expect(await verdictOf({ issuer: 'CN', state: 'n', notices: ['a1'], form })).toBe(
      'check/notice',
    );
    expect(await verdictOf({ relative: true, form })).toBe('check/relative-held');
    expect(await verdictOf({ aud: 'other-gate', form })).toBe('stop/wrong-gate');
    expect(await verdictOf({ aud: 'demo-gate', form })).toBe('pass/admitted');
  });

  test('is refused from second 90 on', async () => {
    expect(await verdictOf({ form }, home, 89)).toBe('pass/admitted');
    expect(await verdictOf({ form }, home, 90)).toBe('stop/stale');
  });

  test('on paper always asks for the ID', async () => {
    expect(await verdictOf({ kind: 'paper', form }, home, 86_400)).toBe('check/paper-check-id');
  });
});

test('an offline code passes while its stamp is fresh and not a second longer', async () => {
  expect(await verdictOf({ kind: 'credential' })).toBe('pass/admitted');
  expect(await verdictOf({ kind: 'credential' }, home, 90)).toBe('stop/stale');
});

test('an offline code exists in no second form', async () => {
  const jti = new Uint8Array(12);
  const request = {
    issuer: 'CN-TJ',
    state: 'g',
    kind: 'credential',
    form: 'jwt',
    at,
    jti,
  } as const;
  expect(await demoPass(keys, request)).toEqual({ ok: false, error: 'credential-is-cwt-only' });
});

test.each([
  ['CN-TJ', 7, 'stop/revoked'],
  ['CN-TJ', 6, 'pass/admitted'],
  ['CN-TJ', 11, 'stop/revoked'],
  ['CN-TJ', 70_011, 'stop/revoked'],
  ['CN-TJ', 131_071, 'stop/revoked'],
  ['CN-TJ', 131_072, 'unknown/list-too-old'],
  ['CN-HE', 9, 'check/suspended'],
  ['CN-HE', 10, 'pass/admitted'],
  ['CN-HE', 11, 'stop/revoked'],
  ['CN-HE', 12, 'check/suspended'],
])('index %s %i is looked up in list and delta: %s', async (issuer, index, expected) => {
  expect(await verdictOf({ issuer, index })).toBe(expected);
});

test.each([
  ['residential', 'CN-TJ', 'pass/admitted'],
  ['transit', 'CN-HE', 'pass/admitted'],
  ['school', 'CN-TJ', 'check/temperature-needed'],
  ['mall', 'CN-TJ', 'pass/advisory'],
  ['hospital', 'CN-TJ', 'unknown/original-way'],
  ['hospital', 'CN-HE', 'check/temperature-needed'],
] as const)('at a %s in %s a green code is %s', async (venue, region, expected) => {
  expect(await verdictOf({}, { id: 'g', venue, region, measuredBefore: true })).toBe(expected);
});

test('the same claims give the same signed bytes', async () => {
  const jti = new Uint8Array(12).fill(7);
  const signed = async () => (await mint({ form: 'jwt', jti })).split('.').slice(0, 2);
  expect(await signed()).toEqual(await signed());
});

test('the CWT form is at least a fifth shorter than the JWT form', async () => {
  const [cwt, jwt] = [await mint({}), await mint({ form: 'jwt' })];
  expect(cwt.length).toBeLessThan(jwt.length * 0.8);
});
