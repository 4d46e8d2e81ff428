import { b64, type CwtParts, cwt, good, jwt, kk1, offline, sign1, signer } from './passes.ts';
import { add, all, fresh } from './vector-makers.ts';

export async function gatesAndClocks() {
  for (const [form, make] of fresh) {
    await add(`${form} for this gate`, make({ aud: 'demo-gate' }), 'pass/admitted');
    await add(`${form} for another gate`, make({ aud: 'gate-2' }), 'stop/wrong-gate');
    await add(
      `${form} for this gate, shown elsewhere`,
      make({ aud: 'demo-gate' }),
      'stop/wrong-gate',
      { gate: 'gate-2' },
    );
    for (const quality of ['held', 'unconfirmed'] as const)
      await add(`${form} by a clock ${quality}`, make(), 'pass/admitted', { quality });
    await add(`${form} by a clock that is bad`, make(), 'unknown/clock-untrusted', {
      quality: 'bad',
    });
    const seen = (agoMs: number, gate = 'demo-gate') => ({ seen: { gate, agoMs } });
    await add(`${form} seen 10.000 s ago`, make(), 'check/already-scanned', seen(10_000));
    await add(`${form} seen 10.001 s ago`, make(), 'check/already-scanned', seen(10_001));
    await add(`${form} seen in the future`, make(), 'check/already-scanned', seen(-1));
    await add(`${form} seen at another gate`, make(), 'check/shown-elsewhere', seen(1, 'gate-2'));
  }
}

export async function keysAndSignatures() {
  const hebei = await signer('live', 'CN-HE');
  await add('CWT of Tianjin signed by Hebei', cwt({ by: hebei }), 'stop/bad-signature');
  await add('JWT of Tianjin signed by Hebei', jwt({ by: hebei }), 'stop/bad-signature');
  await add(
    'CWT of nobody known',
    cwt({ claims: good({ iss: 'CN-BJ' }) }),
    'unknown/unknown-issuer',
  );
  for (const role of ['credential', 'paper', 'list'] as const) {
    await add(
      `live CWT by the ${role} key`,
      cwt({ by: await signer(role) }),
      'unknown/unknown-key',
    );
    await add(
      `live JWT by the ${role} key`,
      jwt({ by: await signer(role) }),
      'unknown/unknown-key',
    );
  }
  for (const [form, make] of all) {
    const text = await make();
    const middle = Math.floor(text.length * 0.97);
    const other = text[middle] === 'A' ? 'C' : 'A';
    if (form.endsWith('JWT')) {
      await add(
        `${form} with a changed signature`,
        `${text.slice(0, middle)}${other}${text.slice(middle + 1)}`,
        'stop/bad-signature',
      );
    }
    for (const [what, bent] of spellings(text))
      await add(`${form} with ${what}`, bent, 'stop/malformed');
  }
  await add(
    'credential with the stamp of another',
    offline({ covered: await sign1() }),
    'stop/bad-signature',
  );
  await add(
    'credential stamped by its issuer',
    offline({ stamp: { by: await signer('credential') } }),
    'stop/bad-signature',
  );
}

const spellings = (text: string): [string, string][] => [
  ['a space after it', `${text} `],
  ['a space before it', ` ${text}`],
  ['LF after it', `${text}\n`],
  ['CRLF after it', `${text}\r\n`],
  ['a BOM before it', `\ufeff${text}`],
  ['padding', `${text}==`],
  ['a character too many', `${text}A`],
  [
    'a lower-case or odd character',
    text.startsWith('KK') ? text.toLowerCase() : text.replace('.', '+.'),
  ],
  ['2,049 characters', text.padEnd(2049, 'A')],
];

export async function crooked() {
  const bends: [string, CwtParts][] = [
    ['an unprotected kid', { unprotected: new Map([[4, Buffer.from('l1')]]) }],
    ['a kid of 17 bytes', { kid: new Uint8Array(17).fill(65) }],
    ['an empty kid', { kid: new Uint8Array() }],
    ['a stamp typ', { typ: 'ks' }],
    [
      'no typ',
      {
        header: new Map<number, unknown>([
          [1, -7],
          [4, Buffer.from('l1')],
        ]),
      },
    ],
    ['an empty payload', { payload: new Uint8Array() }],
    ['trailing bytes in the payload', { payload: Uint8Array.from([0xa0, 0]) }],
    ['a short signature', { splice: (four) => [...four.slice(0, 3), new Uint8Array(63)] }],
    ['a fifth part', { splice: (four) => [...four, 0] }],
  ];
  for (const [what, parts] of bends) await add(`CWT with ${what}`, cwt(parts), 'stop/malformed');
  const headers = {
    none: { alg: 'none' },
    HS256: { alg: 'HS256' },
    ES384: { alg: 'ES384' },
    jwk: { jwk: {} },
    jku: { jku: 'x' },
    crit: { crit: [] },
    b64: { b64: true },
  };
  for (const [what, over] of Object.entries(headers)) {
    await add(
      `JWT with ${what}`,
      jwt({ header: { alg: 'ES256', kid: 'l1', typ: 'kp+jwt', ...over } }),
      'stop/malformed',
    );
  }
  for (const claims of [
    { iat: 1.5 },
    { exp: -1 },
    { jti: new Uint8Array(7) },
    { aud: 1 },
    { hc: { si: -1 } },
    { hc: { st: '' } },
    { hc: { rh: false } },
  ]) {
    await add(
      `CWT with ${JSON.stringify(claims)}`,
      cwt({ claims: good(claims) }),
      'stop/malformed',
    );
    await add(
      `JWT with ${JSON.stringify(claims)}`,
      jwt({ claims: good(claims) }),
      'stop/malformed',
    );
  }
  await add('tagged CWT', kk1(Uint8Array.from([0xd2, ...(await sign1())])), 'stop/malformed');
  await add('nested arrays', kk1(new Uint8Array(1300).fill(0x81)), 'stop/malformed');
  await add('JWS with no signature', `${b64('{"alg":"ES256"}')}.${b64('{}')}.`, 'stop/malformed');
  const others = [
    'https://example.org/',
    'WIFI:S:x;;',
    'kakou:enrol#x',
    'kakou:venue#x',
    'HC1:6BF',
    'BEGIN:VCARD',
    'tel:12345',
    'hello',
    'KK',
    '{"alg":"none"}',
    '你好',
    '12345',
  ];
  for (const text of others) await add(`stray code ${text}`, text, 'unknown/not-a-pass');
}

/** Texts to be seen, and texts that hide, turn round or push away what stands beside them. */
export async function texts() {
  const longest = { nm: '阿卜杜拉·買買提依明江·吐尔逊江*', mi: '120101********001X' };
  const unseen: [string, string][] = [
    ['a line feed', '\n'],
    ['NUL', '\0'],
    ['a right-to-left override', '\u202e'],
    ['an isolate', '\u2066'],
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a next line', '\u0085'],
    ['a soft hyphen', '\u00ad'],
    ['a BOM', '\ufeff'],
    ['a Hangul filler', '\u3164'],
  ];
  for (const [form, make] of fresh) {
    await add(
      `${form} with the longest name and an id of 18`,
      make({ hc: longest }),
      'pass/admitted',
    );
    await add(
      `${form} with a name of 49 bytes`,
      make({ hc: { nm: `${'张'.repeat(16)}*` } }),
      'stop/malformed',
    );
    await add(
      `${form} with an id of 25 bytes`,
      make({ hc: { mi: `${'1'.repeat(22)}…` } }),
      'stop/malformed',
    );
    for (const [what, character] of unseen) {
      for (const over of [
        { hc: { nm: `张${character}三` } },
        { hc: { mi: `12${character}2X` } },
        { hc: { st: `g${character}` } },
        { hc: { nt: [`a1${character}`] } },
        { aud: `demo-gate${character}` },
      ]) {
        const where = Object.keys('hc' in over ? over.hc : over).join();
        await add(`${form} with ${what} in ${where}`, make(over), 'stop/malformed');
      }
    }
  }
}
