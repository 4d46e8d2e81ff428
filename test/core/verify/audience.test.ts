import { expect, test } from 'vitest';
import type { Bundle } from '../../../src/core/trust/bundle.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import type { GateFacts } from '../../../src/core/verify/venue-rules.ts';
import {
  at,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  jwt,
  offline,
  paper,
  randomBytes,
  said,
  show,
  signer,
} from '../../support/passes.ts';

const north: GateFacts = { ...home, site: 'north-campus' };
const bound = (aud: string) => cwt({ claims: good({ aud }) });
const credential = async (aud?: string, stampAud?: string) =>
  offline({
    credential: {
      typ: 'kc',
      by: await signer('credential'),
      claims: dayClaims(aud === undefined ? {} : { aud }),
    },
    stamp: {
      claims: { iat: at, jti: randomBytes(12), ...(stampAud !== undefined && { aud: stampAud }) },
    },
  });

async function viewWith(change: (bundle: Bundle) => Partial<Bundle>): Promise<TrustView> {
  const demo = await demoView();
  return { ...demo, bundle: { ...demo.bundle, ...change(demo.bundle) } };
}

test('a code bound to the site is good at each of its gates, and at no other', async () => {
  expect(await said(await bound('north-campus'), { gate: north })).toBe('pass/admitted');
  expect(await said(await bound('north-campus'), { gate: home })).toBe('stop/wrong-gate');
  expect(await said(await bound('south-campus'), { gate: north })).toBe('stop/wrong-gate');
  expect(await said(await bound(home.id), { gate: north })).toBe('pass/admitted');
  // and a stamp of the phone's own
  const another = { ...north, id: 'north-2' };
  for (const gate of [north, another])
    expect(await said(await credential(undefined, 'north-campus'), { gate })).toBe('pass/admitted');
  expect(await said(await credential(undefined, home.id), { gate: another })).toBe(
    'stop/wrong-gate',
  );
});

test('the bundle says which site a gate belongs to, where its enrolment did not', async () => {
  const trust = await viewWith(({ gates = [] }) => ({
    gates: gates.map((gate) => ({ ...gate, site: 'north-campus' })),
  }));
  expect(await said(await bound('north-campus'), { trust })).toBe('pass/admitted');
});

test('a stamp bound elsewhere is refused though its credential is bound to nothing, or to here', async () => {
  expect(await said(await credential(undefined, home.id))).toBe('pass/admitted');
  expect(await said(await credential(undefined, 'gate-2'))).toBe('stop/wrong-gate');
  expect(await said(await credential(home.id, 'gate-2'))).toBe('stop/wrong-gate');
  expect(await said(await credential('gate-2', home.id))).toBe('stop/wrong-gate');
});

test('a code for another gate or site says which, by the names of the bundle and nothing else', async () => {
  const named = (name: string) => ({ 'zh-CN': name, 'zh-TW': name, en: name });
  const trust = await viewWith(({ gates = [] }) => ({
    gates: [
      ...gates,
      { id: 'east', name: named('东门'), site: 'campus' },
      { id: 'west', name: named('西门'), site: 'campus' },
      ...['1', '2', '3', '4'].map((n) => ({ id: n, name: named(n), site: 'city' })),
    ],
  }));
  const boundTo = async (text: string) =>
    (await show(text, { trust })).boundTo?.map((name) => name['zh-CN']);
  expect(await boundTo(await bound('east'))).toEqual(['东门']);
  expect(await boundTo(await credential(home.id, 'west'))).toEqual(['西门']);
  expect(await boundTo(await bound('campus'))).toEqual(['东门', '西门']);
  expect(await boundTo(await bound('city'))).toBeUndefined();
  expect(await boundTo(await bound('nobody-knows'))).toBeUndefined();
  // a forger names no gate: the signature comes first
  const forged = await cwt({ claims: good({ aud: 'east' }), by: await signer('credential') });
  expect(await boundTo(forged)).toBeUndefined();
});

test('a stamp whose audience is no text is malformed', async () => {
  for (const aud of [1, '', new Uint8Array(4), 'x'.repeat(65)]) {
    expect(await said(await credential(undefined, aud as string))).toBe('stop/malformed');
  }
});

test('a gate that wants bound codes checks every other, however green', async () => {
  const trust = await viewWith(({ venueRules }) => ({
    venueRules: venueRules.map((rule) => ({ ...rule, bound: 'required' as const })),
  }));
  for (const text of [await cwt(), await jwt(), await credential(), await paper()]) {
    expect(await said(text, { trust })).toBe('check/not-bound');
  }
  expect(await said(await bound(home.id), { trust })).toBe('pass/admitted');
  expect(await said(await credential(undefined, home.id), { trust })).toBe('pass/admitted');
  expect(await said(await bound('north-campus'), { trust, gate: north })).toBe('pass/admitted');
  expect(await said(await cwt(), { trust, gate: north })).toBe('check/not-bound');
  expect(await said(await bound('gate-2'), { trust })).toBe('stop/wrong-gate');
  // step 7 comes after
  expect(await said(await cwt({ claims: good({ hc: { si: 7 } }) }), { trust })).toBe(
    'check/not-bound',
  );
});
