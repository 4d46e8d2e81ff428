// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { Verdict } from '../../../../src/core/verify/verdict.ts';
import { livePass, readyState } from '../../../support/gallery/states.ts';
import { renderCard } from '../render-app.tsx';

// what leads to these verdicts is tried in test/core/verify/audience.test.ts
const west = { 'zh-CN': '西门', 'zh-TW': '西門', en: 'West gate' };
const notBound: Verdict = { state: 'check', reason: 'not-bound', pass: livePass };
const wrongGate: Verdict = { state: 'stop', reason: 'wrong-gate', pass: livePass, boundTo: [west] };

it.each([
  ['zh-CN', notBound, '不是在本卡口生成的码', '请对方先扫门口的场所码，再出示新码。'],
  ['zh-TW', notBound, '不是在本檢查站產生的碼', '請對方先掃門口的場所碼，再出示新碼。'],
  [
    'en',
    notBound,
    'Not created for this gate',
    'scan the poster at the gate and show the new code',
  ],
  ['zh-CN', wrongGate, '这是西门的码', '请对方去那个卡口。要进这里，请扫这里的场所码'],
  ['zh-TW', wrongGate, '這是西門的碼', '請對方去那個檢查站。要進這裡，請掃這裡的場所碼'],
  ['en', wrongGate, 'A code for West gate', 'To enter here: the poster of this gate'],
] as const)(
  'in %s a code that is not bound to this gate says what it is and where to go: %j',
  (language, verdict, title, next) => {
    const { container } = renderCard(verdict, { settings: { ...readyState.settings, language } });
    expect(container.textContent).toContain(title);
    expect(container.textContent).toContain(next);
  },
);
