import { encode } from 'cborg';
import { describe, expect, test } from 'vitest';
import { concat, toHex, utf8 } from '../../../src/core/bytes.ts';
import { toBase45 } from '../../../src/core/pass/base45.ts';
import { decodeCbor } from '../../../src/core/pass/cbor.ts';
import { parseCoseSign1 } from '../../../src/core/pass/cose.ts';
import type { Bytes } from '../../../src/core/units.ts';
import {
  type CwtParts,
  cborClaims,
  cnfOf,
  cwt,
  good,
  hex,
  keys,
  kk1,
  offline,
  said,
  sign1,
  signer,
} from '../../support/passes.ts';

describe('CBOR that has a shorter or stricter spelling', () => {
  test.each([
    ['an integer one byte too long', '1817'],
    ['an integer two bytes too long', '190018'],
    ['an integer four bytes too long', '1a0000ffff'],
    ['an integer eight bytes too long', '1b00000000ffffffff'],
    ['a negative integer too long', '3800'],
    ['a byte string with a long length', '580161'],
    ['a text with a long length', '780161'],
    ['an array with a long length', '9801f6'],
    ['a map with a long length', 'b8010101'],
    ['an indefinite array', '9fff'],
    ['an indefinite map', 'bfff'],
    ['an indefinite byte string', '5f4101ff'],
    ['an indefinite text', '7f6161ff'],
    ['a break as an array item', '81ff'],
    ['a break as a map value', 'a101ff'],
    ['a break as a map key', 'a1ff01'],
    ['a duplicate integer key', 'a201010102'],
    ['a duplicate text key', 'a2616101616102'],
    ['a key that is bytes', 'a1410101'],
    ['a key that is an array', 'a18001'],
    ['a key that is a float', 'a1f93c0001'],
    ['a key that is null', 'a1f601'],
    ['a key that is bytes, deep inside', '8200a101a1410101'],
    ['a tag', 'c101'],
    ['the tag of COSE_Sign1', 'd280'],
    ['a bignum', 'c249010000000000000000'],
    ['an integer beyond 2^53', '1b0020000000000000'],
    ['a negative integer beyond 2^53', '3b001fffffffffffff'],
    ['undefined', 'f7'],
    ['a simple value', 'f8ff'],
    ['a reserved simple value', 'e0'],
    ['a reserved length', '1c'],
    ['trailing bytes', '0101'],
    ['a missing item', '8201'],
    ['a missing value', 'a101'],
    ['a text cut short', '6261'],
    ['a length past the end', '5affffffff00'],
    ['an array longer than the world', '9b00ffffffffffffff'],
    ['invalid UTF-8', '62c328'],
    ['overlong UTF-8', '62c080'],
    ['a surrogate in UTF-8', '63eda080'],
    ['nothing at all', ''],
  ])('%s is refused', (_, digits) => {
    expect(decodeCbor(hex(digits))).toBeUndefined();
    expect(decodeCbor(concat(hex('81'), hex(digits)))).toBeUndefined();
  });

  test('a text keeps every character, a BOM too', () => {
    expect(decodeCbor(hex('64efbbbf61'))).toBe('\ufeffa');
    expect(decodeCbor(hex('60'))).toBe('');
    expect(decodeCbor(hex('f6'))).toBeNull();
  });

  test('nesting 10,000 deep ends in a refusal and not in a crash', () => {
    expect(decodeCbor(new Uint8Array(10_000).fill(0x81))).toBeUndefined();
    expect(decodeCbor(new Uint8Array(2048).fill(0x81))).toBeUndefined();
  });

  test('nesting as deep as a pass can hold does not break the scanner', async () => {
    const deep = concat(new Uint8Array(1300).fill(0x81), hex('00'));
    expect(await said(kk1(deep))).toBe('stop/malformed');
    const nested = JSON.stringify(good()).replace(
      /}$/,
      `,"x":${'['.repeat(600)}${']'.repeat(600)}}`,
    );
    expect(nested).toContain('[[[');
  });
});

/** `encode` of the four parts, with one replaced by raw CBOR. */
async function rawPart(index: number, raw: Bytes): Promise<string> {
  const marker = new Uint8Array(3).fill(0xee);
  const bytes = await sign1({
    splice: (four) => four.map((part, i) => (i === index ? marker : part)),
  });
  const text = toHex(bytes);
  return kk1(hex(text.replace('43eeeeee', toHex(raw))));
}

describe('a COSE_Sign1', () => {
  const header = (...entries: [unknown, unknown][]) => ({ header: new Map(entries) });
  const kid = utf8('l1');
  test.each<[string, CwtParts]>([
    ['an unprotected alg', { unprotected: new Map([[1, -7]]) }],
    ['an unprotected kid', { unprotected: new Map([[4, kid]]) }],
    ['an unprotected header that is an array', { unprotected: [] }],
    ['an unprotected header that is null', { unprotected: null }],
    ['a further header parameter', header([1, -7], [4, kid], [16, 'kp'], [3, 0])],
    ['crit', header([1, -7], [4, kid], [16, 'kp'], [2, [16]])],
    ['an x5chain', header([1, -7], [4, kid], [16, 'kp'], [33, kid])],
    ['a text header name', header([1, -7], [4, kid], [16, 'kp'], ['alg', 'none'])],
    ['no alg', header([4, kid], [16, 'kp'], [5, kid])],
    ['no kid', header([1, -7], [16, 'kp'], [5, kid])],
    ['no typ', header([1, -7], [4, kid], [5, kid])],
    ['alg ES384', header([1, -35], [4, kid], [16, 'kp'])],
    ['alg EdDSA', header([1, -8], [4, kid], [16, 'kp'])],
    ['alg HMAC', header([1, 5], [4, kid], [16, 'kp'])],
    ['alg as text', header([1, 'ES256'], [4, kid], [16, 'kp'])],
    ['alg as a float', { header: hex('a3 01 f9c700 04 426c31 10 626b70') }],
    ['an empty kid', { kid: new Uint8Array() }],
    ['a kid of 17 bytes', { kid: new Uint8Array(17).fill(0x6c) }],
    ['a kid as text', header([1, -7], [4, 'l1'], [16, 'kp'])],
    ['a kid that is no UTF-8', { kid: hex('ff') }],
    ['a typ as a number', { typ: 263 }],
    ['the typ of a JWT', { typ: 'kp+jwt' }],
    ['the typ of a credential', { typ: 'kc' }],
    ['the typ of a stamp', { typ: 'ks' }],
    ['a media type', { typ: 'application/kp' }],
    ['an empty protected header', { header: new Uint8Array() }],
    ['a long length in the header', { header: hex('a3 01 26 04 58026c31 10 626b70') }],
    ['a duplicate alg', { header: hex('a4 01 26 01 26 04 426c31 10 626b70') }],
    ['an indefinite header', { header: hex('bf 01 26 04 426c31 10 626b70 ff') }],
    ['a byte after the header', { header: hex('a3 01 26 04 426c31 10 626b70 00') }],
    ['a payload that is an array', { payload: hex('80') }],
    ['an empty payload', { payload: new Uint8Array() }],
    ['a byte after the payload', { payload: concat(encode(cborClaims(good())), hex('00')) }],
    ['five parts', { splice: (four) => [...four, 0] }],
    ['three parts', { splice: (four) => four.slice(0, 3) }],
    ['a detached payload', { splice: ([p, u, , s]) => [p, u, null, s] }],
    ['a signature of 63 bytes', { splice: ([p, u, c]) => [p, u, c, new Uint8Array(63)] }],
    ['a signature of 65 bytes', { splice: ([p, u, c]) => [p, u, c, new Uint8Array(65)] }],
    ['a signature as text', { splice: ([p, u, c]) => [p, u, c, 'x'.repeat(64)] }],
  ])('with %s is malformed, though well signed', async (_, parts) => {
    expect(await said(await cwt(parts))).toBe('stop/malformed');
  });

  test('whose outer array is spelled longer, tagged, indefinite or followed by a byte is malformed', async () => {
    const digits = toHex(await sign1());
    const body = digits.slice(2);
    expect(await said(kk1(hex(digits)))).toBe('pass/admitted');
    for (const other of [
      `9804${body}`,
      `d2${digits}`,
      `9f${body}ff`,
      `${digits}00`,
      `d83d${digits}`,
    ]) {
      expect(await said(kk1(hex(other)))).toBe('stop/malformed');
    }
    expect(await said(await rawPart(1, hex('b800')))).toBe('stop/malformed');
    expect(await said(await rawPart(1, hex('a0')))).toBe('pass/admitted');
  });

  test('in two keys of another order is another signed header, and good', async () => {
    const entries = new Map<unknown, unknown>([
      [16, 'kp'],
      [4, utf8('l1')],
      [1, -7],
    ]);
    expect(await said(await cwt({ header: entries }))).toBe('pass/admitted');
    expect(await said(await cwt({ header: hex('a3 10 626b70 04 426c31 01 26') }))).toBe(
      'pass/admitted',
    );
  });

  test('parses into exactly what was signed', async () => {
    const sign = parseCoseSign1(await sign1());
    expect(sign && [sign.typ, Buffer.from(sign.kid).toString()]).toEqual(['kp', 'l1']);
  });
});

describe('a claim of a wrong type or range is malformed', () => {
  const id = (length: number) => new Uint8Array(length);
  test.each<[string, Record<string, unknown>]>([
    ['no iss', { iss: undefined }],
    ['iss in lower case', { iss: 'cn-tj' }],
    ['iss that is bytes', { iss: utf8('CN-TJ') }],
    ['no iat', { iat: undefined }],
    ['no exp', { exp: undefined }],
    ['a time of half a second', { iat: 1_800_000_000.5 }],
    ['a negative time', { exp: -1 }],
    ['nbf as text', { nbf: '1' }],
    ['nbf null', { nbf: null }],
    ['aud as a list', { aud: ['demo-gate'] }],
    ['an empty aud', { aud: '' }],
    ['no id', { jti: undefined }],
    ['an id of 7 bytes', { jti: id(7) }],
    ['an id of 17 bytes', { jti: id(17) }],
    ['an id as text', { jti: 'AAAAAAAAAAAA' }],
    ['a holder key on a live pass', { cnf: cnfOf(keys.holder) }],
    ['no hc', { hc: null }],
    ['hc as a list', { hc: [] }],
    ['no state', { hc: { st: undefined } }],
    ['an empty state', { hc: { st: '' } }],
    ['a state of 9 characters', { hc: { st: 'ggggggggg' } }],
    ['no index', { hc: { si: undefined } }],
    ['a negative index', { hc: { si: -1 } }],
    ['a name of 49 bytes', { hc: { nm: `${'张'.repeat(16)}a` } }],
    ['a masked id of 25 bytes', { hc: { mi: 'x'.repeat(25) } }],
    ['rh false', { hc: { rh: false } }],
    ['rh 1', { hc: { rh: 1 } }],
    ['nine notices', { hc: { nt: Array(9).fill('a') } }],
    ['a notice that is a number', { hc: { nt: [1] } }],
    ['a notice of 9 characters', { hc: { nt: ['abcdefghi'] } }],
  ])('%s', async (_, over) => {
    expect(await said(await cwt({ claims: good(over) }))).toBe('stop/malformed');
  });

  test.each([8, 16])(
    'while an id of %i bytes, names and notices at their limit are good',
    async (length) => {
      const hc = {
        nm: '张'.repeat(16),
        mi: `12010119900307${'…'.repeat(3)}X`,
        st: 'g',
        nt: Array(8).fill('abcdefgh'),
      };
      expect(await said(await cwt({ claims: good({ jti: id(length), hc }) }))).toBe('check/notice');
    },
  );

  test('a float that equals an integer is none', async () => {
    const payload = toHex(encode(cborClaims(good())));
    const index = payload.replace('02182a', '02f95140'); // 42.0 as a half float
    expect(index).not.toBe(payload);
    expect(await said(await cwt({ payload: hex(index) }))).toBe('stop/malformed');
  });
});

describe('a credential with stamp', () => {
  const cnf = (...entries: [number, unknown][]) => new Map([[1, new Map(entries)]]);
  const x = new Uint8Array(32).fill(7);
  test.each<[string, unknown]>([
    ['without a holder key', undefined],
    ['whose holder key is a thumbprint', new Map([[3, x]])],
    ['whose holder key is P-384', cnf([1, 2], [-1, 2], [-2, x], [-3, x])],
    ['whose holder key is OKP', cnf([1, 1], [-1, 1], [-2, x], [-3, x])],
    ['whose y is a sign bit', cnf([1, 2], [-1, 1], [-2, x], [-3, true])],
    ['whose y is a text', cnf([1, 2], [-1, 1], [-2, x], [-3, 'x'.repeat(32)])],
    ['whose x is 31 bytes', cnf([1, 2], [-1, 1], [-2, x.slice(1)], [-3, x])],
    ['whose holder key has a private half', cnf([1, 2], [-1, 1], [-2, x], [-3, x], [-4, x])],
    ['with two holder keys', new Map<number, unknown>([...cnf([1, 2]), [2, x]])],
  ])('%s is malformed', async (_, holderKey) => {
    const claims = good({ exp: 1_800_086_400, cnf: holderKey });
    const by = await signer('credential');
    expect(await said(await offline({ credential: { typ: 'kc', by, claims } }))).toBe(
      'stop/malformed',
    );
  });

  test('of another shape than two byte strings is malformed', async () => {
    const shapes: ((c: Bytes, s: Bytes) => unknown)[] = [
      (c) => [c],
      (c, s) => [c, s, s],
      (c, s) => [s, c],
      (c, s) =>
        new Map([
          [0, c],
          [1, s],
        ]),
      (c, s) => [Array.from(c), s],
      (c) => [c, 'stamp'],
      (c) => c,
    ];
    for (const pair of shapes) expect(await said(await offline({ pair }))).toBe('stop/malformed');
    const bytes = hex('9802');
    expect(await said(`KK2:${toBase45(bytes)}`)).toBe('stop/malformed');
    const text = await offline();
    expect(await said(text.replace('KK2:', 'KK1:'))).toBe('stop/malformed');
    expect(await said((await cwt()).replace('KK1:', 'KK2:'))).toBe('stop/malformed');
  });

  test.each<[string, Record<string, unknown>]>([
    ['without a time', { jti: new Uint8Array(12) }],
    ['without an id', { iat: 1_800_000_000 }],
    ['with a short id', { iat: 1_800_000_000, jti: new Uint8Array(7) }],
    ['with a float time', { iat: 1.5, jti: new Uint8Array(12) }],
  ])('whose stamp is %s is malformed', async (_, claims) => {
    expect(await said(await offline({ stamp: { claims } }))).toBe('stop/malformed');
  });
});
