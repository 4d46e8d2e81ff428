import { encode } from 'cborg';
import { describe, expect, test } from 'vitest';
import { concat, utf8 } from '../../../src/core/bytes.ts';
import { fromBase45, toBase45 } from '../../../src/core/pass/base45.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { verifyPass } from '../../../src/core/verify/pipeline.ts';
import {
  at,
  b64,
  cwt,
  demoView,
  good,
  home,
  jsonClaims,
  jwt,
  kk1,
  offline,
  said,
  show,
  sign1,
  signer,
} from '../../support/passes.ts';

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const base45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature that fits the same bytes: (r, n − s). */
function twin(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  const other = (order - s).toString(16).padStart(64, '0');
  return concat(signature.subarray(0, 32), Buffer.from(other, 'hex'));
}

const makers: [string, () => Promise<string>][] = [
  ['JWT', () => jwt()],
  ['CWT', () => cwt()],
  ['credential with stamp', () => offline()],
];

describe.each(makers)('a %s', (_, make) => {
  test('with anything before, after or inside it is malformed', async () => {
    const text = await make();
    const half = Math.floor(text.length / 2);
    const junk = [
      ' ',
      '\n',
      '\r\n',
      '\r',
      '\t',
      '\u0000',
      '\ufeff',
      '\u00a0',
      '=',
      '==',
      '.',
      'A',
      '\u{1f600}',
    ];
    for (const bit of junk) {
      expect([bit, await said(text + bit)]).toEqual([bit, 'stop/malformed']);
      expect([bit, (await show(bit + text)).state]).not.toEqual([bit, 'pass']);
      const inside = text.slice(0, half) + bit + text.slice(half);
      expect([bit, await said(inside)]).toEqual([
        bit,
        expect.stringMatching(/stop\/(malformed|bad-signature)/),
      ]);
    }
    for (const bit of [' ', '\n', '\ufeff']) expect(await said(bit + text)).toBe('stop/malformed');
  });

  test('in the other case never passes', async () => {
    const text = await make();
    for (const other of [text.toLowerCase(), text.toUpperCase(), text.replace('KK', 'kk')]) {
      if (other !== text) expect((await show(other)).state).not.toBe('pass');
    }
  });

  test('cut short at any place never passes and is never shown', async () => {
    const text = await make();
    for (let end = 0; end < text.length; end += 7) {
      const verdict = await show(text.slice(0, end));
      expect(['stop', 'unknown']).toContain(verdict.state);
      expect(verdict.pass).toBeUndefined();
    }
  });

  test('of more than 2,048 characters is malformed, however good', async () => {
    const text = await make();
    expect(await said(text.padEnd(8192, 'A'))).toBe('stop/malformed');
  });
});

test('a JWT has one last character of sixteen', async () => {
  const text = await jwt();
  const last = base64url.indexOf(text.at(-1) ?? '');
  const spellings = Array.from(
    { length: 16 },
    (_, low) => text.slice(0, -1) + base64url[(last & 0b110000) | low],
  );
  const verdicts = await Promise.all(spellings.map((spelling) => said(spelling)));
  expect(verdicts.filter((verdict) => verdict === 'pass/admitted')).toHaveLength(1);
  expect(verdicts.filter((verdict) => verdict === 'stop/malformed')).toHaveLength(15);
});

test('a character outside base45 is refused wherever it stands', () => {
  for (const text of ['BB8BB8', 'BB8B5']) {
    for (let i = 0; i < text.length; i++) {
      for (const stray of ['a', '_', '!', '~', '\u00e9', '\u5f20', '\n']) {
        expect(fromBase45(text.slice(0, i) + stray + text.slice(i + 1))).toBeUndefined();
      }
    }
    expect(fromBase45(text)).toBeDefined();
  }
});

test('a last base45 group has one spelling', async () => {
  const bytes = await sign1();
  const text = kk1(bytes);
  for (const character of base45) {
    const other = text.slice(0, -1) + character;
    if (other !== text) expect((await show(other)).state).toBe('stop');
  }
  // 65536 over three characters, and 256 over two
  for (const group of ['GGW', ':::', 'G5', '::'])
    expect(await said(`KK1:${group}`)).toBe('stop/malformed');
  expect(await said(`KK1:${toBase45(bytes).toLowerCase()}`)).toBe('stop/malformed');
});

describe('the twin signature (r, n − s) is good, and the same presentation', () => {
  const claims = good();
  const lastPart = (text: string) => {
    const dot = text.lastIndexOf('.') + 1;
    return text.slice(0, dot) + b64(twin(Buffer.from(text.slice(dot), 'base64url')));
  };
  const flip = (four: unknown[]) => [...four.slice(0, 3), twin(four[3] as Uint8Array)];
  test.each<[string, () => Promise<[string, string]>]>([
    [
      'JWT',
      async () => {
        const text = await jwt({ claims });
        return [text, lastPart(text)];
      },
    ],
    ['CWT', async () => [await cwt({ claims }), await cwt({ claims, splice: flip })]],
  ])('as %s', async (_, both) => {
    const [one, other] = await both();
    expect(one).not.toBe(other);
    const [first, second] = [await show(one), await show(other)];
    expect([first.reason, second.reason]).toEqual(['admitted', 'admitted']);
    const sighting = {
      gate: home.id,
      at: epochMillis(at * 1000),
      verdict: { state: 'pass', reason: 'admitted' },
    } as const;
    const seen = (key: string) =>
      key === `${first.pass?.issuer} ${first.pass?.jti}` ? sighting : undefined;
    const now = { at: epochMillis(at * 1000 + 20_000), quality: 'synced' } as const;
    const again = await verifyPass(other, { now, gate: home, trust: await demoView(), seen });
    expect(again.reason).toBe('already-scanned');
  });
});

describe('JSON', () => {
  const text = JSON.stringify(jsonClaims(good()));
  const spellings: [string, string][] = [
    ['a duplicate name', text.replace('{', '{"iss":"CN-TJ",')],
    ['a duplicate inside hc', text.replace('"hc":{', '"hc":{"st":"g",')],
    ['an escape that is not needed', text.replace('"g"', '"\\u0067"')],
    ['an escaped slash', text.replace('CN-TJ', 'CN\\/TJ')],
    ['white space', text.replace(',', ', ')],
    ['a newline at the end', `${text}\n`],
    ['a BOM', `\ufeff${text}`],
    ['an exponent', text.replace(/"si":42/, '"si":4.2e1')],
    ['1e3', text.replace(/"si":42/, '"si":1e3')],
    ['a decimal point', text.replace(/"si":42/, '"si":42.0')],
    ['minus zero', text.replace(/"si":42/, '"si":-0')],
    ['a number too large', text.replace(/"si":42/, '"si":9007199254740993')],
    ['a fraction', text.replace(/"si":42/, '"si":42.5')],
    ['a negative index', text.replace(/"si":42/, '"si":-1')],
    ['an index as text', text.replace(/"si":42/, '"si":"42"')],
    ['an array', `[${text}]`],
    ['null', 'null'],
    ['nothing', ''],
    ['a trailing comma', text.replace(/}}$/, '},}')],
    ['a comment', text.replace('{', '{/**/')],
    ['a lone surrogate', text.replace('"g"', '"\\ud800"')],
    ['a time as text', text.replace(`"iat":${at}`, `"iat":"${at}"`)],
    ['a time before 1970', text.replace(`"iat":${at}`, '"iat":-1')],
    ['a time after 9999', text.replace(`"exp":${at + 60}`, '"exp":253402300800')],
  ];
  test.each(spellings)('with %s is malformed, though well signed', async (_, payloadText) => {
    expect(payloadText).not.toBe(text);
    expect(await said(await jwt({ payloadText }))).toBe('stop/malformed');
  });

  test('in another order is another signed payload, and good', async () => {
    const claims = jsonClaims(good());
    const reversed = Object.fromEntries(Object.entries(claims).reverse());
    expect(await said(await jwt({ payloadText: JSON.stringify(reversed) }))).toBe('pass/admitted');
  });

  test('with claims nobody knows yet is good: issuers can grow', async () => {
    expect(
      await said(await jwt({ claims: good({ sub: 'x', future: [1.5, null, { a: true }] }) })),
    ).toBe('pass/admitted');
    const hc = { 99: 1.5 };
    expect(await said(await cwt({ claims: good({ future: 1.5, hc }) }))).toBe('pass/admitted');
  });

  test('with bytes that are no UTF-8 is malformed', async () => {
    const [header, payload = '', signature] = (await jwt()).split('.');
    const bytes = Buffer.from(payload, 'base64url');
    bytes[bytes.indexOf('张')] = 0xff;
    expect(await said(`${header}.${b64(bytes)}.${signature}`)).toBe('stop/malformed');
  });
});

describe('a JWS header', () => {
  const usual = { alg: 'ES256', kid: 'l1', typ: 'kp+jwt' };
  test.each<[string, object]>([
    ['jwk', { ...usual, jwk: { kty: 'EC' } }],
    ['jku', { ...usual, jku: 'https://example.org' }],
    ['x5c', { ...usual, x5c: ['AAAA'] }],
    ['crit', { ...usual, crit: ['b64'], b64: true }],
    ['b64', { ...usual, b64: false }],
    ['cty', { ...usual, cty: 'JWT' }],
    ['iss', { ...usual, iss: 'CN-TJ' }],
    ['no kid', { alg: 'ES256', typ: 'kp+jwt' }],
    ['no typ', { alg: 'ES256', kid: 'l1' }],
    ['an empty kid', { ...usual, kid: '' }],
    ['a kid of 17 bytes', { ...usual, kid: 'l'.repeat(17) }],
    ['a kid with a space', { ...usual, kid: 'l 1' }],
    ['a kid that is a number', { ...usual, kid: 1 }],
    ['a typ in capitals', { ...usual, typ: 'KP+JWT' }],
    ['a media type', { ...usual, typ: 'application/kp+jwt' }],
    ['typ JWT', { ...usual, typ: 'JWT' }],
    ['the typ of a CWT', { ...usual, typ: 'kp' }],
    ['the typ of a credential', { ...usual, typ: 'kc+jwt' }],
    ...['none', 'NONE', 'HS256', 'ES384', 'ES256K', 'RS256', 'EdDSA', 'es256', ''].map(
      (alg): [string, object] => [`alg ${alg}`, { ...usual, alg }],
    ),
  ])('with %s is malformed', async (_, header) => {
    expect(await said(await jwt({ headerText: JSON.stringify(header) }))).toBe('stop/malformed');
  });

  test('with a signature of another length, or none, is malformed', async () => {
    const [header, payload, signature = ''] = (await jwt()).split('.');
    const der = b64(concat(new Uint8Array([0x30, 0x44]), Buffer.from(signature, 'base64url')));
    for (const other of ['', 'AA', signature.slice(2), `${signature}AA`, der]) {
      expect(await said(`${header}.${payload}.${other}`)).toBe('stop/malformed');
    }
    expect(await said(`${header}..${signature}`)).toBe('stop/malformed');
    expect(await said(`${header}.${payload}`)).toBe('stop/malformed');
  });

  test('an HMAC keyed with the public key is no signature', async () => {
    const headerText = JSON.stringify({ ...usual, alg: 'HS256' });
    expect(await said(await jwt({ headerText, by: await signer() }))).toBe('stop/malformed');
  });
});

test.each([
  ['CWT', cwt],
  ['JWT', jwt],
])(
  'a %s with a kid, gate or issuer at its limit is read, one character over it is malformed',
  async (_, make) => {
    const by = await signer();
    expect(await said(await make({ by: { ...by, kid: 'k'.repeat(16) } }))).toBe(
      'unknown/unknown-key',
    );
    expect(await said(await make({ by: { ...by, kid: 'k'.repeat(17) } }))).toBe('stop/malformed');
    expect(await said(await make({ claims: good({ aud: 'g'.repeat(64) }) }))).toBe(
      'stop/wrong-gate',
    );
    expect(await said(await make({ claims: good({ aud: 'g'.repeat(65) }) }))).toBe(
      'stop/malformed',
    );
    for (const iss of ['CN-A', 'CN-ABC'])
      expect(await said(await make({ claims: good({ iss }) }))).toBe('unknown/unknown-issuer');
    for (const iss of ['CN-', 'CN-ABCD', 'CNN', 'C'])
      expect(await said(await make({ claims: good({ iss }) }))).toBe('stop/malformed');
  },
);

test('a text of 8 KB of anything is no pass', async () => {
  for (const part of ['A', '[', '{"a":', 'https://x/', '界']) {
    const verdict = await show(part.repeat(Math.ceil(8192 / part.length)));
    expect(verdict.state).toBe('unknown');
  }
  expect(utf8('界')).toHaveLength(3);
  expect(encode(1)).toHaveLength(1);
});
