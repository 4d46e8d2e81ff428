import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateKey } from '../../../src/authority/keys.ts';
import { signFile } from '../../../src/authority/sign-file.ts';
import { utf8 } from '../../../src/core/bytes.ts';
import {
  acceptTrust,
  noMarks,
  type TrustFiles,
  type TrustMarks,
} from '../../../src/core/trust/accept.ts';
import { epochSeconds } from '../../../src/core/units.ts';
import { demoTrust } from '../../../src/demo/demo-trust.ts';
import { at, cwt, good, keys, said } from '../../support/passes.ts';
import {
  accept,
  demoFiles,
  outcome,
  payloadOf,
  publicKeys,
  rootFile,
  signersOf,
  withBundle,
} from '../../support/trust-sets.ts';

let files: TrustFiles;
let marks: TrustMarks;
beforeAll(async () => {
  files = await demoFiles();
  marks = (await accept(files)).marks;
});

const versioned = (version: number) => withBundle(files, (bundle) => ({ ...bundle, version }));

describe('a bundle', () => {
  test('of an older version is refused: rollback', async () => {
    expect(await outcome(await versioned(at - 1), marks)).toBe('bundle/rolled-back');
    expect(await outcome(await versioned(at + 1), marks)).toBe('accepted');
  });

  test('of the same version is taken again only byte for byte', async () => {
    expect(await outcome(files, marks)).toBe('accepted');
    expect(await outcome(await versioned(at), marks)).toBe('bundle/same-version-other-bytes');
  });

  test('is refused at its exp, and counts until the second before: freeze', async () => {
    const end = at + 72 * 3600;
    expect(await outcome(files, noMarks, epochSeconds(end))).toBe('bundle/expired');
    expect(await outcome(files, noMarks, epochSeconds(end - 1))).toBe('accepted');
  });

  test.each([
    [72 * 3600 + 1, 'bundle/lifetime'],
    [0, 'bundle/lifetime'],
    [-1, 'bundle/lifetime'],
  ])('that lives %i s is refused', async (lifetime, expected) => {
    const other = await withBundle(files, (bundle) => ({ ...bundle, exp: bundle.iat + lifetime }));
    expect(await outcome(other)).toBe(expected);
  });

  test('opened from disk after its exp admits nobody', async () => {
    const { view } = await accept(files);
    const late = 72 * 3600;
    const text = await cwt({ claims: good({ iat: at + late, exp: at + late + 60 }) });
    expect(await said(text, { trust: view, ageS: late })).toBe('unknown/trust-expired');
  });

  test('signed for a root this scanner has not seen is refused', async () => {
    expect(await outcome(await withBundle(files, (bundle) => ({ ...bundle, root: 2 })))).toBe(
      'bundle/wrong-root',
    );
  });

  test('signed by a stranger, by the root keys or by nobody is refused', async () => {
    const same = (bundle: object) => bundle;
    const mallory = await signersOf([await generateKey('bundle-1')]);
    for (const signers of [mallory, await signersOf(keys.root)]) {
      expect(await outcome(await withBundle(files, same, signers))).toBe('bundle/below-threshold');
    }
    const { payload } = JSON.parse(Buffer.from(files.bundle).toString());
    const unsigned = utf8(JSON.stringify({ payload, signatures: [] }));
    expect(await outcome({ ...files, bundle: unsigned })).toBe('bundle/bad-shape');
  });

  test.each<[string, object]>([
    ['version 0', { version: 0 }],
    ['a fractional version', { version: 1.5 }],
    ['a version beyond 2^53', { version: 2 ** 53 }],
    ['no issuers', { issuers: undefined }],
    ['a fever limit of 50', { venueRules: [{ limitC: 50 }] }],
    [
      'a private hub key',
      { hub: { receiptKeys: [{ ...publicKeys(keys.bundle)[0], d: 'x' }], timeKeys: [] } },
    ],
  ])('with %s is refused', async (_, over) => {
    expect(await outcome(await withBundle(files, (bundle) => ({ ...bundle, ...over })))).toBe(
      'bundle/bad-shape',
    );
  });

  test('in which two issuers share an id, or two keys of one a kid, is refused', async () => {
    const twice = await withBundle(files, (bundle) => ({
      ...bundle,
      issuers: [...bundle.issuers, ...bundle.issuers],
    }));
    expect(await outcome(twice)).toBe('bundle/bad-shape');
    const sameKid = await withBundle(files, (bundle) => ({
      ...bundle,
      issuers: bundle.issuers.map((issuer) => ({
        ...issuer,
        keys: [...issuer.keys, ...issuer.keys],
      })),
    }));
    expect(await outcome(sameKid)).toBe('bundle/bad-shape');
  });

  test('larger than its cap is refused unread', async () => {
    expect(await outcome({ ...files, bundle: new Uint8Array(256 * 1024 + 1) })).toBe(
      'bundle/too-large',
    );
    expect(await outcome({ ...files, pinnedRoot: new Uint8Array(64 * 1024 + 1) })).toBe(
      'root/too-large',
    );
  });
});

describe('a set', () => {
  test('mixed of two days is refused', async () => {
    const tomorrow = await demoTrust(epochSeconds(at + 86_400));
    expect(await outcome({ ...files, lists: tomorrow.lists }, noMarks)).toBe('list/pin-mismatch');
    expect(
      await outcome({ ...tomorrow, lists: files.lists }, noMarks, epochSeconds(at + 86_400)),
    ).toBe('list/pin-mismatch');
    expect(await outcome({ ...files, lists: {} })).toBe('list/missing');
  });

  test('that is refused leaves the marks as they were', async () => {
    const before = structuredClone(marks);
    for (const bad of [await versioned(1), await versioned(at), { ...files, lists: {} }]) {
      expect(await outcome(bad, marks)).not.toBe('accepted');
    }
    expect(marks).toEqual(before);
  });

  test('with an older list in a newer bundle is refused', async () => {
    const newer = { ...marks, lists: { ...marks.lists, 'CN-HE': at + 1 } };
    expect(await outcome(files, newer)).toBe('list/rolled-back');
  });
});

test('whatever is offered in whatever order, the bundle never goes back a version', async () => {
  const offers = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => versioned(at - 3 + n)));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(offers.length - 1), { maxLength: 8 }), async (order) => {
      let known = noMarks;
      let highest = 0;
      for (const n of order) {
        const taken = await acceptTrust(offers[n] ?? files, known, at);
        const version = at - 3 + n;
        expect(taken.ok).toBe(version >= highest);
        if (!taken.ok) continue;
        known = taken.value.marks;
        highest = version;
        expect(known.bundle?.version).toBe(highest);
      }
    }),
    { numRuns: 25 },
  );
});

describe('new bundle keys', () => {
  test('make the old ones worthless and recover from a version run up by a thief', async () => {
    const fresh = await generateKey('bundle-2');
    const roots = [await rootFile(2, { bundleKeys: publicKeys([fresh]) })];
    const runUp = await accept(await versioned(Number.MAX_SAFE_INTEGER));
    const stolen: TrustMarks = { ...runUp.marks, lists: { 'CN-TJ': Number.MAX_SAFE_INTEGER } };
    expect(await outcome(files, stolen)).toBe('bundle/rolled-back');
    expect(await outcome({ ...files, roots }, stolen)).toBe('bundle/below-threshold');
    const genuine = await withBundle(
      { ...files, roots },
      (bundle) => ({ ...bundle, root: 2 }),
      await signersOf([fresh]),
    );
    const recovered = await accept(genuine, stolen, at);
    expect(recovered.marks).toMatchObject({
      root: 2,
      bundle: { version: at },
      lists: { 'CN-TJ': at },
    });
    expect(await outcome(files, recovered.marks)).toBe('root/rolled-back');
  });

  test('do not reset anything when they are the same keys in another order', async () => {
    const [a, b] = [await generateKey('a'), await generateKey('b')];
    const first = [await rootFile(2, { bundleKeys: publicKeys([a, b]) })];
    const both = await signersOf([a, b]);
    const one = await withBundle({ ...files, roots: first }, (bundle) => bundle, both);
    const second = [...first, await rootFile(3, { bundleKeys: publicKeys([b, a]) })];
    const older = await withBundle(
      { ...files, roots: second },
      (bundle) => ({ ...bundle, version: 1 }),
      both,
    );
    expect(await outcome(older, (await accept(one)).marks)).toBe('bundle/rolled-back');
  });
});

test('a root that has expired is refused as a download and ends in verdicts from disk', async () => {
  const roots = [await rootFile(2, { exp: at + 10 })];
  const short = { ...files, roots };
  expect(await outcome(short, noMarks, epochSeconds(at + 9))).toBe('accepted');
  expect(await outcome(short, noMarks, epochSeconds(at + 10))).toBe('root/expired');
  const { view } = await accept(short);
  expect(await said(await cwt(), { trust: view, ageS: 9 })).toBe('pass/admitted');
  expect(await said(await cwt(), { trust: view, ageS: 10 })).toBe('unknown/trust-expired');
});

test('a bundle file is opened for its payload only in the one shape it is made in', async () => {
  const same = await signFile(
    'kakou-bundle+jws',
    payloadOf(files.bundle),
    await signersOf(keys.bundle),
  );
  expect(Object.keys(JSON.parse(Buffer.from(same).toString()))).toEqual(['payload', 'signatures']);
});
