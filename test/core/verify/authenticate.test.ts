import { expect, test, vi } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import { admitPass, openPass, reopenPass } from '../../../src/core/verify/pipeline.ts';
import { at, cwt, demoView, good, home, offline } from '../../support/passes.ts';
import { demoFiles, viewOf, withBundle, withIssuer } from '../../support/trust-sets.ts';

const scene = async (ageS = 3) => ({
  now: { at: epochMillis((at + ageS) * 1000), quality: 'synced' as const },
  trust: await demoView(),
  gate: home,
});
async function opened(text: string) {
  const found = await openPass(text, await scene());
  if ('end' in found) throw new Error(found.end.reason);
  return found.genuine;
}
/** How many signatures were checked while `work` ran. */
async function verifies(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(crypto.subtle, 'verify');
  try {
    await work();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
}

test('each signature is checked once, however often the pass is asked about afterwards', async () => {
  const [live, day] = [await cwt(), await offline()];
  const { now } = await scene();
  expect(
    await verifies(async () => {
      const genuine = await opened(live);
      admitPass(genuine, { now, gate: home });
      await reopenPass(genuine, await scene(20));
      admitPass(genuine, { now, gate: home, temperature: 'normal', completes: true });
    }),
  ).toBe(1);
  expect(await verifies(() => opened(day))).toBe(2);
});

test.each<[string, object, string]>([
  ['trust has expired', { trust: undefined }, 'unknown/trust-missing'],
  ['this app has become too old', { app: '0.0.0' }, 'unknown/app-outdated'],
  ['the clock has gone bad', { quality: 'bad' as const }, 'unknown/clock-untrusted'],
  ['it has grown stale', { ageS: 95 }, 'stop/stale'],
])('a pass asked about again when %s: %s', async (_, change, ending) => {
  const genuine = await opened(await cwt());
  const {
    ageS = 20,
    quality = 'synced' as const,
    ...rest
  } = change as { ageS?: number; quality?: 'bad' };
  const usual = await scene(ageS);
  const again = await reopenPass(genuine, { ...usual, ...rest, now: { ...usual.now, quality } });
  const found = 'end' in again ? `${again.end.state}/${again.end.reason}` : 'pass';
  expect(found).toBe(ending);
});

test('a pass asked about again is held to the keys, the issuer and the list of now', async () => {
  const genuine = await opened(await cwt());
  const files = await demoFiles();
  const again = async (change: Parameters<typeof withIssuer>[1]) => {
    const trust = await viewOf(await withBundle(files, withIssuer('CN-TJ', change)));
    const found = await reopenPass(genuine, { ...(await scene(20)), trust });
    return 'end' in found ? found.end.reason : 'good';
  };
  expect(await again((issuer) => issuer)).toBe('good');
  expect(await again((issuer) => ({ ...issuer, state: 'suspended' }))).toBe('issuer-suspended');
  expect(
    await again((issuer) => ({ ...issuer, keys: issuer.keys.filter(({ kid }) => kid !== 'l1') })),
  ).toBe('unknown-key');
  const swapped = await again((issuer) => {
    const paperKey = issuer.keys.find(({ typs }) => typs.includes('kd'));
    return {
      ...issuer,
      keys: issuer.keys.map((key) =>
        key.kid === 'l1' && paperKey ? { ...key, jwk: paperKey.jwk } : key,
      ),
    };
  });
  expect(swapped).toBe('bad-signature');
});

test('what throws on the way is an internal error and admits nobody', async () => {
  const genuine = await opened(await cwt({ claims: good() }));
  const broken = { ...(await scene()), gate: undefined as never };
  expect(await reopenPass(genuine, broken)).toMatchObject({ end: { reason: 'internal-error' } });
  const { now } = await scene();
  expect(admitPass(genuine, { now, gate: undefined as never })).toEqual({
    verdict: { state: 'unknown', reason: 'internal-error' },
    sightings: [],
  });
});
