import { deflateSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256Hex, utf8 } from '../../../../src/core/bytes.ts';
import type { CompactJws } from '../../../../src/core/jws.ts';
import type { TrustFiles } from '../../../../src/core/trust/accept.ts';
import type { Bundle, IssuerEntry, ListPin } from '../../../../src/core/trust/bundle.ts';
import { inflateExactly } from '../../../../src/core/trust/lists/inflate.ts';
import { type ListFiles, openList } from '../../../../src/core/trust/lists/lists.ts';
import { applyDelta, statusAt } from '../../../../src/core/trust/lists/status-list.ts';
import { at, b64, jwt, signer } from '../../../support/passes.ts';
import {
  demoFiles,
  outcome,
  payloadOf,
  withBundle,
  withIssuer,
} from '../../../support/trust-sets.ts';

let files: TrustFiles;
let bundle: Bundle;
let issuer: IssuerEntry & { list: ListPin & { delta: NonNullable<ListPin['delta']> } };
let own: ListFiles;
beforeAll(async () => {
  files = await demoFiles();
  bundle = payloadOf<Bundle>(files.bundle);
  issuer = bundle.issuers.find(({ id }) => id === 'CN-TJ') as typeof issuer;
  own = files.lists['CN-TJ'] as ListFiles;
});

const pinOf = async (file: string) => ({
  length: utf8(file).length,
  sha256: await sha256Hex(file),
});
const zipped = (bytes: readonly number[] | Uint8Array) => b64(deflateSync(Uint8Array.from(bytes)));

interface Bend {
  readonly typ?: string;
  readonly claims?: object;
  readonly pin?: Partial<ListPin>;
  readonly by?: Awaited<ReturnType<typeof signer>>;
}

/** A list of 64 indices at 1 bit and its opening, bent as told; pinned as it is. */
async function openBent({
  typ = 'statuslist+jwt',
  claims = {},
  pin = {},
  by,
}: Bend): Promise<string> {
  const { delta: _, ...base } = issuer.list;
  const payload = {
    sub: base.uri,
    iat: at,
    status_list: { bits: 1, lst: zipped(new Uint8Array(8)) },
    ...claims,
  };
  const list = await jwt({
    typ,
    payloadText: JSON.stringify(payload),
    by: by ?? (await signer('list')),
  });
  const opened = await openList(
    issuer,
    { ...base, size: 64, ...(await pinOf(list)), ...pin },
    { list },
    bundle,
  );
  return opened.ok ? 'ok' : opened.error;
}

describe('a status list', () => {
  test('that is pinned and no JWS at all is refused, not stumbled over', async () => {
    const list = '<html>';
    const opened = await openList(
      issuer,
      { ...issuer.list, ...(await pinOf(list)) },
      { list },
      bundle,
    );
    expect(opened).toEqual({ ok: false, error: 'not-canonical' });
  });

  test.each<[string, Bend, string]>([
    ['as pinned', {}, 'ok'],
    ['longer than pinned', { pin: { length: 1 } }, 'pin-mismatch'],
    ['with another hash', { pin: { sha256: '0'.repeat(64) } }, 'pin-mismatch'],
    ['of another size', { pin: { size: 65 } }, 'inflate'],
    ['that inflates to more than its size', { pin: { size: 56 } }, 'inflate'],
    ['of 2 bits where 1 is pinned', { pin: { bits: 2, size: 32 } }, 'bad-shape'],
    ['published elsewhere', { claims: { sub: '/v1/lists/CN-HE/2027-01-15' } }, 'bad-shape'],
    ['of 4 bits', { claims: { status_list: { bits: 4, lst: zipped([0]) } } }, 'bad-shape'],
    ['of a minute after its bundle', { claims: { iat: at + 60 } }, 'ok'],
    ['dated ahead of its bundle', { claims: { iat: at + 61 } }, 'lifetime'],
    ['without a time', { claims: { iat: undefined } }, 'bad-shape'],
    ['that is no zlib', { claims: { status_list: { bits: 1, lst: 'AAAA' } } }, 'inflate'],
    ['that is no base64url', { claims: { status_list: { bits: 1, lst: 'A+/=' } } }, 'inflate'],
    [
      'cut short',
      { claims: { status_list: { bits: 1, lst: zipped(new Uint8Array(8)).slice(0, -4) } } },
      'inflate',
    ],
    ['as large inflated as the cap, and empty', { pin: { size: 8 * 50 * 1024 * 1024 } }, 'inflate'],
    ['larger inflated than the cap', { pin: { size: 8 * 50 * 1024 * 1024 + 8 } }, 'bad-shape'],
  ])('%s is %s', async (_, bend, expected) => {
    expect(await openBent(bend)).toBe(expected);
  });

  test('signed by any key but a list key of its own issuer is refused', async () => {
    expect(await openBent({ by: await signer('live') })).toBe('unknown-key');
    expect(await openBent({ by: await signer('list', 'CN-HE') })).toBe('bad-signature');
    expect(await openBent({ by: { ...(await signer('list')), kid: 's2' } })).toBe('unknown-key');
  });

  test.each([
    ['before its time', { nbf: at + 1 }, 'unknown-key'],
    ['from its first second', { nbf: at }, 'ok'],
    ['in its last second', { exp: at + 1 }, 'ok'],
    ['after its time', { exp: at }, 'unknown-key'],
    [
      'that is no point of the curve',
      { jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } },
      'unknown-key',
    ],
  ])('signed by a key %s is %s', async (_, over, expected) => {
    const change = withIssuer('CN-TJ', (entry) => ({
      ...entry,
      keys: entry.keys.map((key) => (key.kid === 's1' ? { ...key, ...over } : key)),
    }));
    const result = await outcome(await withBundle(files, change));
    expect(result).toBe(expected === 'ok' ? 'accepted' : `list/${expected}`);
  });

  test('with one changed character is refused', async () => {
    const list = own.list.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const lists = { ...files.lists, 'CN-TJ': { ...own, list } };
    expect(await outcome({ ...files, lists })).toBe('list/pin-mismatch');
  });

  test('larger than its cap is refused before it is hashed', async () => {
    const opened = await openList(
      issuer,
      issuer.list,
      { list: 'A'.repeat(8 * 1024 * 1024 + 1) },
      bundle,
    );
    expect(opened).toEqual({ ok: false, error: 'too-large' });
  });
});

describe.each(['the browser', 'a script where the browser cannot'])('inflating by %s', (by) => {
  beforeEach(() => {
    if (by !== 'the browser') vi.stubGlobal('DecompressionStream', undefined);
  });
  afterEach(() => void vi.unstubAllGlobals());

  test('stops a bomb of 50 MB in 49 KB at the size declared', async () => {
    const bomb = deflateSync(new Uint8Array(50_000_000), { level: 9 });
    expect(bomb.length).toBeLessThan(50_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await inflateExactly(bomb, 1000)).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  test('gives exactly what went in, and nothing that is one byte off', async () => {
    const data = deflateSync(Uint8Array.from([1, 2, 3]));
    expect(await inflateExactly(data, 3)).toEqual(Uint8Array.from([1, 2, 3]));
    expect(await inflateExactly(data, 2)).toBeUndefined();
    expect(await inflateExactly(data, 4)).toBeUndefined();
    expect(await inflateExactly(data.subarray(0, -1), 3)).toBeUndefined();
    expect(await inflateExactly(new Uint8Array(), 0)).toBeUndefined();
    expect(await inflateExactly(deflateSync(new Uint8Array()), 0)).toEqual(new Uint8Array());
  });

  test('gives a list of 1 MB back, and refuses every single byte of its end that is wrong', async () => {
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, at) => (at * at) % 251);
    const data = deflateSync(bytes);
    const again = await inflateExactly(data, bytes.length);
    expect(again && Buffer.compare(again, bytes)).toBe(0);
    for (let from = 1; from <= 4; from++) {
      const broken = Uint8Array.from(data);
      broken[data.length - from] = (broken[data.length - from] ?? 0) ^ 1;
      expect(await inflateExactly(broken, bytes.length)).toBeUndefined();
    }
  });
});

describe('a delta', () => {
  const set = (gaps: readonly number[], count: number, over = {}) => ({
    status: 1,
    count,
    length: gaps.length,
    gaps: zipped(gaps),
    ...over,
  });
  async function laid(sets: readonly object[], over: object = {}): Promise<string> {
    const { delta: pin } = issuer.list;
    const payload = {
      sub: pin.uri,
      iat: at + 60,
      day: issuer.list.day,
      version: pin.version,
      set: sets,
      ...over,
    };
    const delta = await jwt({
      typ: 'kakou-delta+jwt',
      payloadText: JSON.stringify(payload),
      by: await signer('list'),
    });
    const pinned = { ...issuer.list, delta: { ...pin, ...(await pinOf(delta)) } };
    const opened = await openList(issuer, pinned, { ...own, delta }, bundle);
    if (!opened.ok) return opened.error;
    const revoked = [];
    for (let i = 0; i < issuer.list.size; i++)
      if (statusAt(opened.value, i) !== 'valid') revoked.push(i);
    expect(opened.value.iat).toBe(at + 60);
    return revoked.join(' ');
  }
  const full = '7 1024 131071';

  test.each<[string, object[], string]>([
    ['of nothing changes nothing', [], full],
    ['sets the indices its gaps add up to', [set([1, 2], 2)], `0 2 ${full}`],
    ['reaches far by a long varint', [set([0x80, 0x80, 0x04], 1)], '7 1024 65535 131071'],
    ['clears what is valid again', [set([8], 1, { status: 0 })], '1024 131071'],
    ['reaches the last index', [set([0x80, 0x80, 0x08], 1, { status: 0 })], '7 1024'],
    ['one index beyond the list is refused', [set([0x81, 0x80, 0x08], 1)], 'inflate'],
    ['with a varint cut short is refused', [set([0x80], 1)], 'inflate'],
    ['with a varint cut short after its digits is refused', [set([0x81, 0x80], 1)], 'inflate'],
    ['with fewer gaps than it counts is refused', [set([1], 2)], 'inflate'],
    ['with more gaps than it counts is refused', [set([1, 1], 1)], 'inflate'],
    ['with a gap of zero is refused', [set([0], 1)], 'inflate'],
    ['with a padded varint is refused', [set([0x81, 0x00], 1)], 'inflate'],
    [
      'with a varint that never ends is refused',
      [set([0xff, 0xff, 0xff, 0xff, 0xff], 1)],
      'inflate',
    ],
    [
      'with varints longer than any index is refused',
      [set([0x80, 0x80, 0x80, 0x80, 0x80, 0x01], 1)],
      'bad-shape',
    ],
    ['with a status its bits cannot hold is refused', [set([1], 1, { status: 2 })], 'bad-shape'],
    ['that counts more than the list has is refused', [set([1], 131_073)], 'bad-shape'],
    ['whose length is not its own is refused', [set([1], 1, { length: 2 })], 'inflate'],
    ['with a negative count is refused', [set([1], -1)], 'bad-shape'],
  ])('%s', async (_, sets, expected) => {
    expect(await laid(sets)).toBe(expected);
  });

  test.each([
    ['of another day', { day: '2027-01-14' }],
    ['of another version', { version: at + 1 }],
    ['published elsewhere', { sub: '/v1/deltas/CN-HE' }],
    ['without sets', { set: undefined }],
  ])('%s is refused', async (_, over) => {
    expect(await laid([], over)).toBe('bad-shape');
  });

  test('that is pinned and missing, or changed, refuses the set', async () => {
    const { delta: _, ...listOnly } = own;
    const lists = { ...files.lists, 'CN-TJ': listOnly };
    expect(await outcome({ ...files, lists })).toBe('list/missing');
    const changed = { ...files.lists, 'CN-TJ': { ...own, delta: `${own.delta}A` } };
    expect(await outcome({ ...files, lists: changed })).toBe('list/pin-mismatch');
  });
});

test('a delta over 2 bits sets every status the bits can hold, and each means what it should', async () => {
  const pin = { uri: 'd', version: 1, length: 0, sha256: '' };
  const listPin = { ...issuer.list, bits: 2, size: 8, delta: pin } as const;
  const list = {
    bits: 2,
    size: 8,
    bytes: new Uint8Array(2).fill(0xff),
    iat: at,
    version: 1,
  } as const;
  const set = [0, 1, 2, 3].map((status) => ({
    status,
    count: 1,
    length: 1,
    gaps: zipped([status + 1]),
  }));
  const payload = { sub: 'd', iat: at - 1, day: listPin.day, version: 1, set };
  const opened = await applyDelta(list, { payload } as unknown as CompactJws, listPin);
  if (!opened.ok) throw new Error(opened.error);
  expect([0, 1, 2, 3, 4].map((i) => statusAt(opened.value, i))).toEqual([
    'valid',
    'invalid',
    'suspended',
    'invalid',
    'invalid',
  ]);
  // an older delta does not make the list older, and the list itself is left as it was
  expect([opened.value.iat, list.bytes[0]]).toEqual([at, 0xff]);
});

test('a look-up outside the list, or of no index at all, finds nothing', () => {
  const list = {
    bits: 2,
    size: 5,
    bytes: Uint8Array.from([0b11100100, 0b00000010]),
    iat: at,
    version: 1,
  } as const;
  expect([0, 1, 2, 3, 4].map((i) => statusAt(list, i))).toEqual([
    'valid',
    'invalid',
    'suspended',
    'invalid',
    'suspended',
  ]);
  for (const i of [5, -1, 0.5, Number.NaN, 2 ** 53]) expect(statusAt(list, i)).toBeUndefined();
});
