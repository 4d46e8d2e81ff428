import { beforeAll, describe, expect, test } from 'vitest';
import { signFile } from '../../../src/authority/sign-file.ts';
import { openReceipt } from '../../../src/core/log/receipt.ts';
import { type Bundle, parseBundle } from '../../../src/core/trust/bundle.ts';
import { acceptNextRoot, type Root } from '../../../src/core/trust/root.ts';
import { openSignedTime } from '../../../src/core/trust/signed-time.ts';
import { at, cwt, home, keys, said } from '../../support/passes.ts';
import {
  accept,
  demoFiles,
  outcome,
  payloadOf,
  pinnedRootOf,
  publicKeys,
  rootFile,
  signersOf,
  viewOf,
  withBundle,
  withIssuer,
} from '../../support/trust-sets.ts';

let files: Awaited<ReturnType<typeof demoFiles>>;
let bundle: Bundle;
let text: string;
beforeAll(async () => {
  files = await demoFiles();
  bundle = payloadOf<Bundle>(files.bundle);
  text = await cwt();
});

/** What a scanner with this bundle says of a good live pass of Tianjin at home. */
async function saysBy(change: (bundle: Bundle) => object, gate = home): Promise<string> {
  return said(text, { trust: await viewOf(await withBundle(files, change)), gate });
}

/** The same with a member nobody knows in every object of it. */
function withMoreEverywhere<T>(value: T): T {
  const grown = structuredClone(value);
  const visit = (node: unknown, name: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [member, child] of Object.entries(node)) {
      visit(child, Array.isArray(node) ? name : member);
    }
    // the members of these are the issuer's own names, not ours
    const isOurs = !Array.isArray(node) && name !== 'states' && name !== 'notices';
    if (isOurs) Object.assign(node, { tomorrow: { a: [1] } });
  };
  visit(grown, '');
  return grown;
}

describe('a bundle of tomorrow, opened by the code of today', () => {
  test('with a member nobody knows in every object of it decides as before', async () => {
    expect(await saysBy((bundle) => withMoreEverywhere(bundle))).toBe('pass/admitted');
    expect(parseBundle(withMoreEverywhere(bundle))).toEqual(parseBundle(bundle));
  });

  test('with keys of another suite and keys for other things keeps those it knows', async () => {
    const other = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) };
    const grown = withIssuer('CN-TJ', (issuer) => ({
      ...issuer,
      keys: [
        { kid: 'e1', jwk: other, nbf: 0, exp: 4e9, typs: ['kp'] },
        ...issuer.keys.map((key) => ({ ...key, typs: ['kv', ...key.typs] })),
      ],
    }));
    const hub = { receiptKeys: [other, ...bundle.hub.receiptKeys], timeKeys: [other] };
    expect(await saysBy((bundle) => ({ ...grown(bundle), hub }))).toBe('pass/admitted');
    const read = parseBundle({ ...bundle, hub });
    expect(read.ok && read.value.hub).toEqual({
      receiptKeys: bundle.hub.receiptKeys,
      timeKeys: [],
    });
  });

  test('in which the key of the pass is of another suite, or for other things, does not know it', async () => {
    for (const over of [{ jwk: { kty: 'OKP', crv: 'Ed25519', x: 'x' } }, { typs: ['kv'] }]) {
      const grown = withIssuer('CN-TJ', (issuer) => ({
        ...issuer,
        keys: issuer.keys.map((key) => ({ ...key, ...over })),
        list: undefined,
      }));
      expect(await saysBy(grown)).toBe('unknown/unknown-key');
    }
  });

  test('with an issuer in a state nobody knows does not know the issuer', async () => {
    const grown = withIssuer('CN-TJ', (issuer) => ({ ...issuer, state: 'merged' }));
    expect(await saysBy(grown)).toBe('unknown/unknown-issuer');
  });

  test.each([{ level: 'quarantine' }, { colour: 'violet' }])(
    'with a state of %j admits nobody by it',
    async (over) => {
      const grown = withIssuer('CN-TJ', (issuer) => ({
        ...issuer,
        states: { ...issuer.states, g: { ...issuer.states['g'], ...over } },
      }));
      expect(await saysBy(grown)).toBe('unknown/unknown-state');
    },
  );

  test.each<[string, object]>([
    ['mode', { mode: 'lottery' }],
    ['temperature', { temperature: 'thermal-arch' }],
    ['level', { levels: { clear: 'ask', caution: 'check', stop: 'stop', none: 'admit' } }],
    ['bound', { bound: 'by-face' }],
    ['exit', { exit: 'escorted' }],
    ['full', { full: 'stop' }],
  ])(
    'with an unknown %s in a rule leaves its gates to the original way, whatever laxer rule there is',
    async (_, over) => {
      const grown = (bundle: Bundle) => ({
        ...bundle,
        venueRules: bundle.venueRules.flatMap((rule) => [
          { ...rule, region: undefined },
          { ...rule, ...over },
        ]),
      });
      expect(await saysBy(grown)).toBe('unknown/original-way');
    },
  );

  test('with rules for places nobody knows keeps the others', async () => {
    const venueRules = [{ ...bundle.venueRules[0], venue: 'spaceport' }, ...bundle.venueRules];
    expect(await saysBy((bundle) => ({ ...bundle, venueRules }))).toBe('pass/admitted');
  });

  test.each<[string, object]>([
    ['a number for a word', { mode: 3 }],
    ['no mode', { mode: undefined }],
    ['a fever limit of 50', { limitC: 50 }],
    ['a pass-back of two days', { passBackS: 172_800 }],
  ])('with %s in a rule is broken, not of tomorrow', async (_, over) => {
    const venueRules = bundle.venueRules.map((rule) => ({ ...rule, ...over }));
    expect(parseBundle({ ...bundle, venueRules })).toEqual({ ok: false, error: 'bad-shape' });
  });
});

describe('a member that must be understood (crit)', () => {
  test.each([{ crit: ['quorum'], quorum: 2 }, { crit: [] }, { crit: 'quorum' }, { crit: [7] }])(
    'in a bundle, %j',
    async (over) => {
      const outdated = JSON.stringify(over.crit) !== '[]';
      expect(await saysBy((bundle) => ({ ...bundle, ...over }))).toBe(
        outdated ? 'unknown/app-outdated' : 'pass/admitted',
      );
    },
  );

  test('in a bundle whose rules have another shape by then still counts as the newest', async () => {
    const grown = await withBundle(files, (bundle) => ({
      ...bundle,
      version: bundle.version + 1,
      crit: ['rules2'],
      venueRules: { all: 'new' },
      issuers: 'elsewhere',
    }));
    const { marks, view } = await accept(grown);
    expect(await said(text, { trust: view })).toBe('unknown/app-outdated');
    expect(view.bundle.hub).toEqual(bundle.hub);
    expect(await outcome(files, marks)).toBe('bundle/rolled-back');
  });

  test('in a bundle of which not even the frame can be read is named', () => {
    expect(parseBundle({ crit: ['frame'] })).toEqual({ ok: false, error: 'app-outdated' });
  });

  test('in a root, or in one before it, decides nothing', async () => {
    const second = await rootFile(2, { crit: ['witness'] } as Partial<Root>);
    const third = await rootFile(3);
    const { view } = await accept({ ...files, roots: [second, third] });
    expect(await said(text, { trust: view })).toBe('unknown/app-outdated');
    const { view: plain } = await accept({ ...files, roots: [await rootFile(2)] });
    expect(await said(text, { trust: plain })).toBe('pass/admitted');
  });

  test('in a root whose keys cannot be read is named, not called broken', async () => {
    const next = await rootFile(2, { crit: ['x'], threshold: 'many' } as never);
    expect(await acceptNextRoot(await pinnedRootOf(), next)).toEqual({
      ok: false,
      error: 'app-outdated',
    });
  });

  test('in an issuer stops its passes only', async () => {
    const grown = withIssuer('CN-TJ', (issuer) => ({ ...issuer, crit: ['faces'], keys: 'new' }));
    expect(await saysBy(grown)).toBe('unknown/app-outdated');
    const hebei = withIssuer('CN-HE', (issuer) => ({ ...issuer, crit: ['faces'] }));
    expect(await saysBy(hebei)).toBe('pass/admitted');
  });

  test('in a rule stops its gates only', async () => {
    const grown = (bundle: Bundle) => ({
      ...bundle,
      venueRules: bundle.venueRules.map((rule) =>
        rule.venue === 'residential' ? { ...rule, crit: ['hours'] } : rule,
      ),
    });
    expect(await saysBy(grown)).toBe('unknown/app-outdated');
    expect(await saysBy(grown, { ...home, venue: 'transit' })).toBe('pass/admitted');
  });

  test('in a signed time or a receipt is named; members nobody knows are passed over', async () => {
    const signers = await signersOf([keys.time]);
    const by = { keys: publicKeys([keys.time]), nonce: 'n' };
    const time = { t: at, nonce: 'n', bundleVersion: 1, bundleSha256: 'x', exp: at + 3600 };
    const openTime = async (over: object) =>
      openSignedTime(await signFile('kakou-time+jws', { ...time, ...over }, signers), by);
    expect(await openTime({ stratum: 1 })).toMatchObject({ ok: true, value: { t: at } });
    expect(await openTime({ crit: ['leap'] })).toEqual({ ok: false, error: 'app-outdated' });

    const receipt = { device: 'd', seq: 1, head: 'a'.repeat(64), t: at };
    const openIt = async (over: object) =>
      openReceipt(
        await signFile(
          'kakou-receipt+jws',
          { ...receipt, ...over },
          await signersOf([keys.receipt]),
        ),
        publicKeys([keys.receipt]),
      );
    expect(await openIt({ shard: 'b' })).toEqual({ ok: true, value: receipt });
    expect(await openIt({ crit: ['shard'] })).toEqual({ ok: false, error: 'app-outdated' });
  });
});

describe('the members of this version', () => {
  test('are read: rules by risk, exit, capacity, gates of a site, zones, districts', async () => {
    const name = { 'zh-CN': '和平区', 'zh-TW': '和平區', en: 'Heping' };
    const rule = {
      ...bundle.venueRules[0],
      risk: 'high',
      temperature: 'exception',
      bound: 'required',
      passBackS: 600,
      exit: 'checked',
      full: 'check',
    };
    const grown = {
      ...bundle,
      venueRules: [rule],
      gates: [
        {
          id: 'g',
          name,
          venue: 'transit',
          site: 's',
          direction: 'both',
          zone: 'z',
          district: '120101',
        },
      ],
      zones: [{ id: 'z', name, capacity: 200 }],
      districts: [{ code: '120101', name, risk: 'medium', since: '2020-03-07' }],
    };
    const read = parseBundle(grown);
    expect(read.ok && read.value).toEqual(grown);
  });

  test('with words of tomorrow leave the gate in its district, whose risk is then unknown', async () => {
    const name = { 'zh-CN': '区', 'zh-TW': '區', en: 'District' };
    const grown = (bundle: Bundle) => ({
      ...bundle,
      gates: [{ id: home.id, name, venue: 'spaceport', direction: 'up', district: 'd' }],
      districts: [{ code: 'd', name, risk: 'extreme', since: '2020-03-07' }],
    });
    expect(await saysBy(grown)).toBe('unknown/original-way');
  });
});
