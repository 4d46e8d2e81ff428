import { GeneralSign } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateKey, type NamedKey, publicHalf } from '../../../src/authority/keys.ts';
import { signFile } from '../../../src/authority/sign-file.ts';
import { utf8 } from '../../../src/core/bytes.ts';
import type { PublicJwk } from '../../../src/core/jwk.ts';
import { noMarks, type TrustFiles } from '../../../src/core/trust/accept.ts';
import { openSignedFile } from '../../../src/core/trust/signed-file.ts';
import type { Bytes } from '../../../src/core/units.ts';
import { at, b64, keys } from '../../support/passes.ts';
import { demoFiles, outcome, publicKeys, rootFile, signersOf } from '../../support/trust-sets.ts';

let files: TrustFiles;
let fresh: NamedKey[];
beforeAll(async () => {
  files = await demoFiles();
  fresh = await Promise.all(['n1', 'n2', 'n3'].map(generateKey));
});

const chain = async (...roots: (Bytes | Promise<Bytes>)[]): Promise<string> =>
  outcome({ ...files, roots: await Promise.all(roots) }, noMarks, at);

describe('root N+1', () => {
  test('is taken when the thresholds of N and of N+1 have signed', async () => {
    const both = await signersOf([...keys.root.slice(0, 2), ...fresh.slice(0, 2)]);
    expect(await chain(rootFile(2, { keys: publicKeys(fresh) }, both))).toBe('accepted');
  });

  test('signed by N alone, by N+1 alone, or by one of each is refused', async () => {
    const next = { keys: publicKeys(fresh) };
    const [old, young] = [keys.root, fresh];
    for (const by of [old, young, [...old.slice(0, 1), ...young], [...old, ...young.slice(0, 1)]]) {
      expect(await chain(rootFile(2, next, await signersOf(by)))).toBe('root/below-threshold');
    }
  });

  test('must be exactly one more', async () => {
    expect(await chain(rootFile(3))).toBe('root/version-gap');
    expect(await chain(rootFile(1))).toBe('root/version-gap');
    expect(await chain(rootFile(2), rootFile(2))).toBe('root/version-gap');
    expect(await chain(rootFile(3), rootFile(4), rootFile(5))).toBe('root/version-gap');
    expect(await chain(rootFile(2), rootFile(4))).toBe('root/version-gap');
    expect(await chain(rootFile(2), rootFile(3), rootFile(2))).toBe('root/rolled-back');
  });

  test('that lists fewer distinct keys than its threshold is refused', async () => {
    const [key] = publicKeys(fresh);
    if (!key) throw new Error('no key');
    expect(await chain(rootFile(2, { keys: [key, key], threshold: 2 }))).toBe('root/bad-shape');
    expect(await chain(rootFile(2, { bundleKeys: [key, key], bundleThreshold: 2 }))).toBe(
      'root/bad-shape',
    );
    expect(await chain(rootFile(2, { threshold: 0 }))).toBe('root/bad-shape');
    expect(await chain(rootFile(2, { bundleThreshold: 0 }))).toBe('root/bad-shape');
  });

  test('may follow an expired one, as long as the last is in date', async () => {
    expect(await chain(rootFile(2, { exp: at - 1 }), rootFile(3))).toBe('accepted');
    expect(await chain(rootFile(2), rootFile(3, { exp: at - 1 }))).toBe('root/expired');
  });

  test('is taken 32 hops far and no further', async () => {
    const roots = await Promise.all(Array.from({ length: 33 }, (_, i) => rootFile(i + 2)));
    expect(await chain(...roots.slice(0, 32))).toBe('accepted');
    expect(await chain(...roots)).toBe('root/too-large');
  });

  test('once seen is required for ever', async () => {
    const marks = { ...noMarks, root: 2 };
    expect(await outcome(files, marks)).toBe('root/rolled-back');
    expect(await outcome({ ...files, roots: [await rootFile(2)] }, marks)).toBe('accepted');
  });

  test('in which one key is spelled twice is refused: it would count as two', async () => {
    const [key] = publicKeys(fresh);
    if (!key) throw new Error('no key');
    // the last character carries two bits that decoders ignore: 43 characters for 256 bits
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const next = alphabet[alphabet.indexOf(key.x.at(-1) ?? '') + 1];
    const other = `${key.x.slice(0, -1)}${next}`;
    const respelled = [key, { ...key, x: other }];
    expect(await chain(rootFile(2, { bundleKeys: respelled, bundleThreshold: 2 }))).toBe(
      'root/bad-shape',
    );
  });
});

describe('a threshold counts distinct keys', () => {
  const rules = (keysOf: readonly PublicJwk[], threshold: number) =>
    ({ typ: 'kakou-bundle+jws', keys: keysOf, threshold, maxBytes: 10_000 }) as const;
  const opened = async (file: Uint8Array, threshold: number, keysOf = publicKeys(fresh)) => {
    const { ok, ...rest } = await openSignedFile(file, rules(keysOf, threshold));
    return ok ? 'ok' : (rest as { error: string }).error;
  };
  const file = async (...named: NamedKey[]) =>
    signFile('kakou-bundle+jws', { a: 1 }, await signersOf(named));

  test('so one signer under two kids is one', async () => {
    const [one, two] = fresh as [NamedKey, NamedKey];
    expect(await opened(await file(one, { ...one, kid: 'other' }), 2)).toBe('below-threshold');
    expect(await opened(await file(one, one), 2)).toBe('below-threshold');
    expect(await opened(await file(one, two), 2)).toBe('ok');
  });

  test('so one key listed twice is one', async () => {
    const [one] = fresh as [NamedKey];
    const twice = [publicHalf(one), publicHalf(one)];
    expect(await opened(await file(one, one), 2, twice)).toBe('below-threshold');
  });

  test('and a signature copied is one', async () => {
    const [one] = fresh as [NamedKey];
    const json = JSON.parse(Buffer.from(await file(one)).toString());
    const copied = utf8(
      JSON.stringify({ ...json, signatures: [...json.signatures, ...json.signatures] }),
    );
    expect(await opened(copied, 2)).toBe('below-threshold');
  });

  test('strangers neither help nor hurt', async () => {
    const [one, two] = fresh as [NamedKey, NamedKey];
    const mallory = await generateKey('n2');
    expect(await opened(await file(one, mallory), 2)).toBe('below-threshold');
    expect(await opened(await file(mallory, one, two), 2)).toBe('ok');
  });

  test('of another typ than the file are counted by nobody', async () => {
    const time = await signFile('kakou-time+jws', { a: 1 }, await signersOf(fresh));
    expect(await opened(time, 1)).toBe('wrong-type');
  });

  test('up to 32 signatures', async () => {
    const [one] = fresh as [NamedKey];
    const strangers = await Promise.all(Array.from({ length: 31 }, () => generateKey('x')));
    expect(await opened(await file(...strangers, one), 1)).toBe('ok');
  });

  test('a threshold of none is never met', async () => {
    expect(await opened(await file(...fresh), 0)).toBe('below-threshold');
    expect(await opened(await file(...fresh), 1, [])).toBe('below-threshold');
  });
});

describe('a signed file', () => {
  const good = async () =>
    JSON.parse(
      Buffer.from(
        await signFile('kakou-bundle+jws', { a: 1 }, await signersOf(fresh.slice(0, 1))),
      ).toString(),
    );
  const opened = async (text: string) => {
    const rules = {
      typ: 'kakou-bundle+jws',
      keys: publicKeys(fresh),
      threshold: 1,
      maxBytes: 10_000,
    } as const;
    const result = await openSignedFile(utf8(text), rules);
    return result.ok ? 'ok' : result.error;
  };
  type File = { payload: string; signatures: { protected: string; signature: string }[] };
  const bent: [string, (file: File) => unknown, string][] = [
    ['as it was made', (file) => file, 'ok'],
    ['with a further member', (file) => ({ ...file, x: 1 }), 'bad-shape'],
    [
      'with an unprotected header member',
      (file) => ({
        ...file,
        signatures: file.signatures.map((s) => ({ ...s, header: { kid: 'x' } })),
      }),
      'bad-shape',
    ],
    ['in flattened form', ({ payload, signatures: [s] }) => ({ payload, ...s }), 'bad-shape'],
    ['without signatures', ({ payload }) => ({ payload, signatures: [] }), 'bad-shape'],
    [
      'with 33 signatures',
      (file) => ({ ...file, signatures: Array(33).fill(file.signatures[0]) }),
      'bad-shape',
    ],
    ['with a payload that is no text', (file) => ({ ...file, payload: {} }), 'bad-shape'],
    ['with another payload', (file) => ({ ...file, payload: b64('{"a":2}') }), 'below-threshold'],
    [
      'with a padded payload',
      (file) => ({ ...file, payload: `${file.payload}=` }),
      'below-threshold',
    ],
    [
      'with a short signature',
      (file) => ({
        ...file,
        signatures: file.signatures.map((s) => ({ ...s, signature: 'AAAA' })),
      }),
      'bad-shape',
    ],
    ['with a signature that is null', (file) => ({ ...file, signatures: [null] }), 'bad-shape'],
    ['with a signature that is a text', (file) => ({ ...file, signatures: ['x'] }), 'bad-shape'],
    [
      'with a header that is no text',
      (file) => ({ ...file, signatures: file.signatures.map((s) => ({ ...s, protected: {} })) }),
      'bad-shape',
    ],
    ['with signatures that are no list', (file) => ({ ...file, signatures: {} }), 'bad-shape'],
    ['as a list', (file) => [file], 'bad-shape'],
  ];
  test.each(bent)('%s', async (_, bend, expected) => {
    expect(await opened(JSON.stringify(bend(await good())))).toBe(expected);
  });

  test.each([
    ['white space', (text: string) => `${text} `],
    ['a BOM', (text: string) => `\ufeff${text}`],
    ['a duplicate member', (text: string) => text.replace('{', '{"payload":"",')],
    ['an escape', (text: string) => text.replace('payload', '\\u0070ayload')],
  ])('with %s is not canonical', async (_, bend) => {
    expect(await opened(bend(JSON.stringify(await good())))).toBe('not-canonical');
  });

  test.each([
    ['jwk', { jwk: {} }],
    ['crit', { crit: ['x'] }],
    ['b64', { b64: false }],
    ['no kid', { kid: undefined }],
    ['alg none', { alg: 'none' }],
    ['alg HS256', { alg: 'HS256' }],
  ])('with %s in its protected header is refused', async (_, over) => {
    const file = await good();
    const header = { alg: 'ES256', kid: 'n1', typ: 'kakou-bundle+jws', ...over };
    const signatures = [{ ...file.signatures[0], protected: b64(JSON.stringify(header)) }];
    expect(await opened(JSON.stringify({ ...file, signatures }))).toMatch(
      /wrong-type|below-threshold/,
    );
  });

  test('whose well signed payload is spelled oddly is not canonical', async () => {
    const [by] = await signersOf(fresh);
    if (!by) throw new Error('no signer');
    const jws = new GeneralSign(utf8('{"a": 1}'));
    jws
      .addSignature(by.key)
      .setProtectedHeader({ alg: 'ES256', kid: 'n1', typ: 'kakou-bundle+jws' });
    const { payload, signatures } = await jws.sign();
    expect(await opened(JSON.stringify({ payload, signatures }))).toBe('not-canonical');
  });
});
