import { expect, test } from 'vitest';
import { sha256Hex, toHex, utf8 } from '../../src/core/bytes.ts';
import { acceptTrust, noMarks } from '../../src/core/trust/accept.ts';
import { parseBundle } from '../../src/core/trust/bundle.ts';
import { openSignedFile, peekSignedFile } from '../../src/core/trust/signed-file.ts';
import { type Bytes, epochSeconds } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';

const morning = Date.UTC(2027, 0, 15, 6) / 1000;
const hour = 3600;

async function authorityAt(start: number) {
  let now = epochSeconds(start);
  const authority = await demoAuthority({ now: () => now });
  return {
    authority,
    at(seconds: number) {
      now = epochSeconds(seconds);
      return authority.bundle(now);
    },
  };
}

function read(file: Bytes) {
  const payload = peekSignedFile(file, 1e6);
  const bundle = parseBundle(payload.ok ? payload.value : undefined);
  if (!bundle.ok) throw new Error(bundle.error);
  return bundle.value;
}

async function setOf(authority: Awaited<ReturnType<typeof demoAuthority>>, bundle: Bytes) {
  const pinnedRoot = authority.root(1);
  if (!pinnedRoot) throw new Error('no root');
  const lists: Record<string, { list: string; delta?: string }> = {};
  for (const { id, list: pin } of read(bundle).issuers) {
    const list = pin && (await authority.list(id, pin.day));
    const delta = pin?.delta && (await authority.delta(id));
    if (list) lists[id] = delta ? { list, delta } : { list };
  }
  return { pinnedRoot, roots: [], bundle, lists };
}

test('a scanner accepts the whole published set, root to delta', async () => {
  const { authority, at } = await authorityAt(morning);
  const accepted = await acceptTrust(await setOf(authority, await at(morning)), noMarks);
  expect(accepted.ok && [...accepted.value.view.lists.keys()].sort()).toEqual([
    'CN',
    'CN-HE',
    'CN-TJ',
  ]);
});

test('the bundle is the same bytes all day and a higher version the next', async () => {
  const { at } = await authorityAt(morning);
  const first = await at(morning);
  expect(await at(morning + 17 * hour)).toBe(first);
  const [renewed, same] = await Promise.all([at(morning + 19 * hour), at(morning + 19 * hour)]);
  expect(same).toBe(renewed);
  expect(read(renewed).version).toBeGreaterThan(read(first).version);
  expect(read(renewed).exp - read(renewed).iat).toBe(72 * hour);
});

test('a set accepted yesterday is still followed by one that is no rollback', async () => {
  const { authority, at } = await authorityAt(morning);
  const first = await acceptTrust(await setOf(authority, await at(morning)), noMarks);
  const next = await setOf(authority, await at(morning + 20 * hour));
  expect(first.ok && (await acceptTrust(next, first.value.marks)).ok).toBe(true);
});

test("yesterday's list stays readable for a download under way", async () => {
  const { authority, at } = await authorityAt(morning);
  const list = await authority.list('CN-TJ', '2027-01-15');
  await at(morning + 20 * hour);
  expect(await authority.list('CN-TJ', '2027-01-15')).toBe(list);
  expect(await authority.list('CN-TJ', '2027-01-16')).not.toBe(list);
  expect(await authority.list('CN-TJ', '2027-01-14')).toBeUndefined();
  expect(await authority.list('CN-OLD', '2027-01-16')).toBeUndefined();
});

test('a clock set back never brings a lower version', async () => {
  const { at } = await authorityAt(morning);
  const first = await at(morning);
  expect(await at(morning - 48 * hour)).toBe(first);
});

test('signed time echoes the nonce and names the bundle in force', async () => {
  const { authority, at } = await authorityAt(morning);
  const bundle = await at(morning);
  const time = await authority.signTime('AAAAAAAAAAAAAAAAAAAAAA', epochSeconds(morning));
  const { timeKeys, receiptKeys } = read(bundle).hub;
  const rules = { typ: 'kakou-time+jws', threshold: 1, maxBytes: 1e5 } as const;
  expect(await openSignedFile(utf8(time), { ...rules, keys: timeKeys })).toEqual({
    ok: true,
    value: {
      t: morning,
      nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
      bundleVersion: read(bundle).version,
      bundleSha256: await sha256Hex(bundle),
      exp: morning + hour,
    },
  });
  expect((await openSignedFile(utf8(time), { ...rules, keys: receiptKeys })).ok).toBe(false);
});

test('a receipt opens with the receipt key and with no other typ', async () => {
  const { authority, at } = await authorityAt(morning);
  const { receiptKeys: keys } = read(await at(morning)).hub;
  const claims = {
    device: 'd1',
    seq: 3,
    head: toHex(new Uint8Array(32)),
    t: epochSeconds(morning),
  };
  const receipt = utf8(await authority.signReceipt(claims));
  const rules = { keys, threshold: 1, maxBytes: 1e5 };
  const opened = await openSignedFile(receipt, { ...rules, typ: 'kakou-receipt+jws' });
  expect(opened).toEqual({ ok: true, value: claims });
  expect(await openSignedFile(receipt, { ...rules, typ: 'kakou-time+jws' })).toEqual({
    ok: false,
    error: 'wrong-type',
  });
});
