import { describe, expect, test } from 'vitest';
import type { IssuerEntry } from '../../../src/core/trust/bundle.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochSeconds } from '../../../src/core/units.ts';
import { at, cwt, demoView, good, offline, paper, show } from '../../support/passes.ts';

const hour = 3600;
/** The demo set with the lists of `ageS` ago, or without lists. */
async function listsOf(ageS: number | undefined): Promise<TrustView> {
  const view = await demoView();
  if (ageS === undefined) return { ...view, lists: new Map() };
  const iat = epochSeconds(at + 3 - ageS);
  return { ...view, lists: new Map([...view.lists].map(([id, list]) => [id, { ...list, iat }])) };
}

const summary = async (text: string, ageS: number | undefined) => {
  const { state, reason, listAgeS, listTooOld } = await show(text, { trust: await listsOf(ageS) });
  return [`${state}/${reason}`, listAgeS, listTooOld];
};

describe('a list', () => {
  test.each([
    [0, 'pass/admitted'],
    [48 * hour, 'pass/admitted'],
    [48 * hour + 1, 'unknown/list-too-old'],
  ])('of %i s ago lets a credential end in %s', async (ageS, verdict) => {
    expect(await summary(await offline(), ageS)).toEqual([verdict, ageS, undefined]);
  });

  test('that is too old is passed over for a live pass, and the verdict says so', async () => {
    expect(await summary(await cwt(), 48 * hour)).toEqual(['pass/admitted', 48 * hour, undefined]);
    expect(await summary(await cwt(), 48 * hour + 1)).toEqual([
      'pass/admitted',
      48 * hour + 1,
      true,
    ]);
  });

  test('that is too old still revokes', async () => {
    const revoked = await cwt({ claims: good({ hc: { si: 7 } }) });
    expect((await summary(revoked, 99 * hour))[0]).toBe('stop/revoked');
  });

  test('that is missing counts as too old', async () => {
    expect(await summary(await cwt(), undefined)).toEqual(['pass/admitted', undefined, true]);
    expect(await summary(await offline(), undefined)).toEqual([
      'unknown/list-too-old',
      undefined,
      undefined,
    ]);
    expect(await summary(await paper(), undefined)).toEqual([
      'unknown/list-too-old',
      undefined,
      undefined,
    ]);
  });

  test('that this region does not carry leaves live codes alone, and is no old list', async () => {
    const view = await demoView();
    const afar = (id: string) => ({ ...view.issuer(id), liveOnly: true }) as IssuerEntry;
    const trust: TrustView = { ...view, lists: new Map(), issuer: afar };
    const seen = async (text: string) => {
      const { state, reason, listAgeS, listTooOld } = await show(text, { trust });
      return [`${state}/${reason}`, listAgeS, listTooOld];
    };
    expect(await seen(await cwt())).toEqual(['pass/admitted', undefined, undefined]);
    for (const text of [await offline(), await paper()])
      expect(await seen(text)).toEqual(['unknown/live-only', undefined, undefined]);
    // a list that is there all the same is looked into
    const revoked = await cwt({ claims: good({ hc: { si: 7 } }) });
    const { state, reason } = await show(revoked, { trust: { ...view, issuer: afar } });
    expect([state, reason]).toEqual(['stop', 'revoked']);
  });

  test('that does not reach the index never means "not revoked", old or young', async () => {
    const beyond = await cwt({ claims: good({ hc: { si: 131_072 } }) });
    for (const ageS of [0, 99 * hour])
      expect((await summary(beyond, ageS))[0]).toBe('unknown/list-too-old');
    const huge = await cwt({ claims: good({ hc: { si: Number.MAX_SAFE_INTEGER } }) });
    expect((await summary(huge, 0))[0]).toBe('unknown/list-too-old');
  });
});
