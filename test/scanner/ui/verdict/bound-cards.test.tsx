// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../../../src/core/trust/bundle.ts';
import type { TrustView } from '../../../../src/core/trust/view.ts';
import type { GateFacts } from '../../../../src/core/verify/venue-rules.ts';
import type { Verdict } from '../../../../src/core/verify/verdict.ts';
import { readyState } from '../../../support/gallery/states.ts';
import {
  at,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  offline,
  randomBytes,
  show,
  signer,
} from '../../../support/passes.ts';
import { renderCard } from '../render-app.tsx';

const named = (cn: string, tw: string, en: string) => ({ 'zh-CN': cn, 'zh-TW': tw, en });
const gates: NonNullable<Bundle['gates']> = [
  { id: 'east', name: named('东门', '東門', 'East gate'), site: 'campus' },
  { id: 'west', name: named('西门', '西門', 'West gate'), site: 'campus' },
];

/** A campus of two gates that takes codes made for it alone. */
async function campus(): Promise<TrustView> {
  const demo = await demoView();
  const venueRules = demo.bundle.venueRules.map((rule) => ({
    ...rule,
    bound: 'required' as const,
  }));
  return {
    ...demo,
    bundle: { ...demo.bundle, venueRules, gates: [...(demo.bundle.gates ?? []), ...gates] },
  };
}
const gate = (id: string): GateFacts => ({ ...home, id, site: 'campus' });
const shownAt = async (id: string, text: string) =>
  show(text, { gate: gate(id), trust: await campus() });

const live = (aud?: string) => cwt({ claims: good(aud === undefined ? {} : { aud }) });
const stamped = async (aud?: string) =>
  offline({
    credential: { typ: 'kc', by: await signer('credential'), claims: dayClaims({}) },
    stamp: { claims: { iat: at, jti: randomBytes(12), ...(aud !== undefined && { aud }) } },
  });

function words(verdict: Verdict, language: 'zh-CN' | 'zh-TW' | 'en'): string {
  const view = renderCard(verdict, { settings: { ...readyState.settings, language } });
  const text = view.container.textContent ?? '';
  view.unmount();
  return text;
}

describe('a gate that takes only codes made after scanning its poster', () => {
  it.each([
    ['live', live],
    ['of the phone’s own', stamped],
  ] as const)(
    'a code %s bound to nothing is sent to the poster, in three languages',
    async (_, code) => {
      const verdict = await shownAt('east', await code());
      expect([verdict.state, verdict.reason]).toEqual(['check', 'not-bound']);
      expect(words(verdict, 'zh-CN')).toContain('请对方先扫门口的场所码，再出示新码。');
      expect(words(verdict, 'zh-TW')).toContain('請對方先掃門口的場所碼，再出示新碼。');
      expect(words(verdict, 'en')).toContain('scan the poster at the gate and show the new code');
    },
  );

  it.each([
    ['live', live],
    ['of the phone’s own', stamped],
  ] as const)(
    'a code %s for another gate is told by that gate’s name, with the way and what is good here',
    async (_, code) => {
      const verdict = await shownAt('east', await code('west'));
      expect([verdict.state, verdict.reason]).toEqual(['stop', 'wrong-gate']);
      const said = {
        'zh-CN': words(verdict, 'zh-CN'),
        'zh-TW': words(verdict, 'zh-TW'),
        en: words(verdict, 'en'),
      };
      expect(said['zh-CN']).toContain('这是西门的码');
      expect(said['zh-CN']).toContain('请对方去那个卡口。要进这里，请扫这里的场所码');
      expect(said['zh-TW']).toContain('這是西門的碼');
      expect(said['zh-TW']).toContain('請對方去那個檢查站。要進這裡，請掃這裡的場所碼');
      expect(said.en).toContain('A code for West gate');
      expect(said.en).toContain('To enter here: the poster of this gate');
    },
  );

  it('one for the site is good at each of its gates, and at no gate of another site', async () => {
    for (const code of [await live('campus'), await stamped('campus')]) {
      expect((await shownAt('east', code)).state).toBe('pass');
      expect((await shownAt('west', code)).state).toBe('pass');
      const elsewhere = await show(code, { gate: home, trust: await campus() });
      expect([elsewhere.state, elsewhere.reason]).toEqual(['stop', 'wrong-gate']);
      expect(words(elsewhere, 'zh-CN')).toContain('这是东门或西门的码');
    }
  });
});
