// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { type Reason, reasonStates, type Verdict } from '../../../../src/core/verify/verdict.ts';
import { en } from '../../../../src/scanner/words/en/first.ts';
import { cardOf, livePass, readyState } from '../../../support/gallery/states.ts';
import { renderApp, renderCard } from '../render-app.tsx';

const admitted: Verdict = { state: 'pass', reason: 'admitted', pass: livePass };
const forged: Verdict = { state: 'stop', reason: 'bad-signature' };
const english = { settings: { ...readyState.settings, language: 'en' as const } };
const card = () => screen.getByLabelText('核验结果');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the four states', () => {
  it.each([
    ['pass', 'admitted', '通行', 'status'],
    ['check', 'relative-held', '核对', 'status'],
    ['stop', 'revoked', '拦截', 'alert'],
    ['unknown', 'trust-expired', '无法核验', 'alert'],
  ] as const)('%s is told by its word and its own shape, aloud', (state, reason, word, role) => {
    renderCard({ state, reason });
    expect(card().dataset['state']).toBe(state);
    expect(card().querySelector('[data-shape]')?.getAttribute('data-shape')).toBe(state);
    const spoken = screen.getAllByRole(role).find((region) => card().contains(region));
    expect(spoken?.textContent).toContain(word);
  });

  it('says for every reason and state what it is and what to do next', () => {
    for (const reason of Object.keys(reasonStates) as Reason[])
      for (const state of reasonStates[reason]) {
        const view = renderCard({ state, reason }, english);
        const text = view.getByLabelText('Verdict').textContent;
        expect(text).toContain(en[`state.${state}`]);
        expect(text).toContain(en[`reason.${reason}.title`]);
        expect(text).toContain(en[`reason.${reason}.next`]);
        view.unmount();
      }
  });

  it('puts state, reason, next step, issuer, colour, holder and age in this order', () => {
    renderCard(admitted);
    const text = card().textContent ?? '';
    const order = ['通行', '健康码有效', '请放行', '天津', '绿码', '张*三', '12…2X', '6秒前'];
    const places = order.map((word) => text.indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('sends orange to the community and has yellow looked into', () => {
    const caution = (colour: 'orange' | 'yellow') =>
      renderCard({ state: 'check', reason: 'colour-caution', pass: { ...livePass, colour } });
    const orange = caution('orange');
    expect(card().textContent).toContain('通知社区');
    orange.unmount();
    caution('yellow');
    expect(card().textContent).toContain('核查健康状况');
    expect(card().textContent).not.toContain('橙');
  });

  it('names what a code that is no pass is', () => {
    renderCard({ state: 'unknown', reason: 'not-a-pass', what: 'payment' });
    expect(card().textContent).toContain('付款码');
  });

  it('marks a relative, an offline code, and how long ago it was seen', () => {
    renderCard({
      state: 'check',
      reason: 'already-scanned',
      pass: { ...livePass, relativeHeld: true, kind: 'credential' },
      seen: {
        gate: 'g',
        at: epochMillis(cardOf(admitted).at - 34_000),
        verdict: { state: 'pass', reason: 'admitted' },
      },
    });
    for (const words of ['亲属代办', '离线码', '34秒前已扫', '12345'])
      expect(card().textContent).toContain(words);
  });
});

describe('personal data', () => {
  it.each(['bad-signature', 'malformed', 'issuer-retired', 'issuer-suspended'] as const)(
    'is not shown for stop/%s even if a pass slipped in by mistake',
    (reason) => {
      renderCard({ state: 'stop', reason, pass: livePass });
      for (const word of ['张*三', '12…2X', '天津', '绿码'])
        expect(card().textContent).not.toContain(word);
    },
  );

  it('leaves the screen while the page is hidden', () => {
    renderCard(admitted);
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(document.body.textContent).not.toContain('张*三');
    hidden.mockRestore();
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(document.body.textContent).toContain('张*三');
  });

  it('is text and never markup', () => {
    renderCard({ ...admitted, pass: { ...livePass, maskedName: '<img src=x>' } });
    expect(card().querySelector('img')).toBeNull();
    expect(card().textContent).toContain('<img src=x>');
  });
});

describe('returning to the camera', () => {
  const pass = (seconds: number, change = {}) =>
    renderApp({
      settings: { ...readyState.settings, autoReturnS: seconds },
      card: cardOf(admitted, change),
    });

  it('happens by itself after a pass, in the chosen time and not before', () => {
    const { actions } = pass(1.8);
    expect(card().querySelector('[data-ring]')).not.toBeNull();
    act(() => void vi.advanceTimersByTime(1799));
    expect(actions.dismissCard).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(1));
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });

  it('stops at a tap, and a second tap returns', () => {
    const { actions } = pass(1.8);
    act(() => void vi.advanceTimersByTime(400));
    fireEvent.click(card());
    act(() => void vi.advanceTimersByTime(60_000));
    expect(actions.holdCard).toHaveBeenCalledOnce();
    expect(actions.dismissCard).not.toHaveBeenCalled();
    fireEvent.click(card());
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });

  it('never happens by itself when switched off, nor for check, stop and unknown', () => {
    const { actions, store } = pass(0);
    act(() => void vi.advanceTimersByTime(60_000));
    const others: Verdict[] = [
      { state: 'check', reason: 'notice' },
      forged,
      { state: 'unknown', reason: 'internal-error' },
    ];
    act(() => store.setState({ settings: readyState.settings }));
    for (const [index, verdict] of others.entries()) {
      act(() => store.setState({ card: cardOf(verdict, { id: index + 2 }) }));
      act(() => void vi.advanceTimersByTime(60_000));
    }
    expect(actions.dismissCard).not.toHaveBeenCalled();
  });

  it('is deaf for a moment, so that a tap meant for the screen before cannot close it', () => {
    const { actions } = renderApp({ card: cardOf(forged) });
    act(() => void vi.advanceTimersByTime(300));
    fireEvent.click(card());
    fireEvent.keyDown(document.body, { key: 'Enter' });
    expect(actions.dismissCard).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(60));
    fireEvent.click(card());
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });

  it.each(['Enter', ' ', 'Escape'])('answers the key %j', (key) => {
    const { actions } = renderCard(forged);
    fireEvent.keyDown(document.body, { key });
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });

  it('ignores a key a hardware scanner has claimed', () => {
    const { actions } = renderCard(forged);
    const claim = (event: Event) => event.preventDefault();
    document.addEventListener('keydown', claim, true);
    fireEvent.keyDown(document.body, { key: 'Enter' });
    document.removeEventListener('keydown', claim, true);
    expect(actions.dismissCard).not.toHaveBeenCalled();
  });

  it('counts one tap on the button once', () => {
    const { actions } = renderCard(forged);
    fireEvent.click(screen.getByRole('button', { name: '继续扫码' }));
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });

  it('has the focus on the button, and puts the rest of the page out of reach', () => {
    renderCard(forged);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '继续扫码' }));
    expect(document.querySelector('main')?.hasAttribute('inert')).toBe(true);
  });
});
