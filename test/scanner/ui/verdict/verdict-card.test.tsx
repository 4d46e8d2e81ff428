// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { type Reason, reasonStates, type Verdict } from '../../../../src/core/verify/verdict.ts';
import { lookOf } from '../../../../src/parts/shape.tsx';
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
        expect(text).toContain(en[`state.${lookOf({ state, reason })}`]);
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

  it('says which gate a code is for where that is known, and that it is another one where it is not', () => {
    const east = { 'zh-CN': '东门', 'zh-TW': '東門', en: 'East gate' };
    const west = { 'zh-CN': '西门', 'zh-TW': '西門', en: 'West gate' };
    const at = (boundTo?: Verdict['boundTo']) => {
      const view = renderCard({ state: 'stop', reason: 'wrong-gate', ...(boundTo && { boundTo }) });
      const text = card().textContent;
      view.unmount();
      return text;
    };
    expect(at([east])).toContain('这是东门的码');
    expect(at([east, west])).toContain('这是东门或西门的码');
    expect(at()).toContain('不是本卡口的码');
  });

  it.each([
    ['zh-CN', '码有效', '通行'],
    ['zh-TW', '碼有效', '通行'],
    ['en', 'Valid', 'Pass'],
  ] as const)(
    'a good code that is only looked at is %s “%s” and never “%s”',
    (language, word, not) => {
      const settings = { ...readyState.settings, language };
      renderApp({ settings, card: cardOf(admitted, { look: true }) });
      act(() => void vi.advanceTimersByTime(400));
      const heading = screen.getByRole('heading', { level: 1, name: word });
      expect(heading.closest('section')?.textContent).not.toContain(not);
    },
  );

  it.each(['check', 'stop'] as const)('looked at only, %s keeps its own word', (state) => {
    const reason = state === 'stop' ? 'colour-stop' : 'relative-held';
    renderApp({ card: cardOf({ state, reason, pass: livePass }, { look: true }) });
    act(() => void vi.advanceTimersByTime(400));
    expect(card().querySelector('h1')?.textContent).toBe(state === 'stop' ? '拦截' : '核对');
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
    for (const words of ['亲属代办', '离线码', '刚刚有人用过这个码', '34秒前用过', '12345'])
      expect(card().textContent).toContain(words);
  });
});

describe('the hotline', () => {
  const on = (verdict: Verdict) => {
    renderCard(verdict);
    return card().querySelector('a');
  };
  const check = (hotline: string) =>
    on({ state: 'check', reason: 'notice', pass: { ...livePass, hotline } });

  it.each([
    ['12345', 'tel:12345'],
    ['022-12345', 'tel:022-12345'],
    ['+86 (022) 88908890', 'tel:+8602288908890'],
  ])('%s is called with one tap', (hotline, href) => {
    const link = check(hotline);
    expect(link?.getAttribute('href')).toBe(href);
    expect(link?.textContent).toBe(hotline);
    expect(link?.getAttribute('aria-label')).toBe(`热线 ${hotline}`);
  });

  it.each(['12345 转 2', '12345,1', '12345;ext=1', 'javascript:alert(1)', '12345?x', '-', ''])(
    'that is no mere number is shown and dials nothing: “%s”',
    (hotline) => {
      expect(check(hotline)).toBeNull();
      expect(card().textContent).toContain(hotline);
    },
  );

  it('is there for who is stopped, and not where nobody is turned away', () => {
    expect(on({ state: 'stop', reason: 'colour-stop', pass: livePass })).not.toBeNull();
  });

  it.each([
    { state: 'pass', reason: 'admitted', pass: livePass },
    { state: 'check', reason: 'temperature-needed', pass: livePass },
    { state: 'unknown', reason: 'list-too-old', pass: livePass },
    { state: 'stop', reason: 'bad-signature', pass: livePass },
  ] as const)('is not on the card $state/$reason', (verdict) => {
    expect(on(verdict)).toBeNull();
    expect(card().textContent).not.toContain('12345');
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

/** Until what was drawn is on the screen: from then on its time counts. */
const twoFramesMs = 32;

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
    act(() => void vi.advanceTimersByTime(1 + twoFramesMs));
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

  it('is deaf for a moment, so that a tap meant for the screen before presses nothing on it', () => {
    const { actions } = renderApp({ card: cardOf(forged) });
    act(() => void vi.advanceTimersByTime(300));
    fireEvent.click(screen.getByRole('button', { name: '继续扫码' }));
    expect(actions.dismissCard).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(90));
    fireEvent.click(screen.getByRole('button', { name: '继续扫码' }));
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });

  it.each(['Enter', ' ', 'Escape'])('of a pass answers the key %j', (key) => {
    const { actions } = pass(0);
    act(() => void vi.advanceTimersByTime(400));
    fireEvent.keyDown(document.body, { key });
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });

  it('ignores a key a hardware scanner has claimed', () => {
    const { actions } = pass(0);
    act(() => void vi.advanceTimersByTime(400));
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

  it('has the focus on the button of a pass, and puts the rest of the page out of reach', () => {
    pass(0);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '继续扫码' }));
    expect(document.querySelector('main')?.hasAttribute('inert')).toBe(true);
  });
});

describe('a card that does not say pass', () => {
  const waiting: Verdict[] = [
    { state: 'check', reason: 'notice' },
    { state: 'unknown', reason: 'not-a-pass' },
    forged,
  ];

  it.each(waiting)('$state is closed by no touch beside its buttons and by no key', (verdict) => {
    const { actions } = renderCard(verdict);
    fireEvent.click(card());
    fireEvent.click(within(card()).getByRole('heading'));
    for (const key of ['Enter', ' ', 'Escape'])
      for (const at of [document.body, document.activeElement ?? document.body])
        fireEvent.keyDown(at, { key });
    for (const action of ['dismissCard', 'letIn', 'refuse', 'overrule'] as const)
      expect(actions[action]).not.toHaveBeenCalled();
  });

  it.each(waiting)(
    '$state has the focus on no button: Enter lets nobody in by accident',
    (verdict) => {
      renderCard(verdict);
      expect(document.activeElement).toBe(card());
    },
  );

  it('lets in with one tap on 放行', () => {
    const { actions } = renderCard({ state: 'check', reason: 'notice' });
    fireEvent.click(screen.getByRole('button', { name: '放行' }));
    expect(actions.letIn).toHaveBeenCalledOnce();
  });

  it('refuses with a tap on 不放行 and one on the reason, and not with the two taps of one finger', () => {
    const { actions } = renderCard({ state: 'unknown', reason: 'not-a-pass' });
    fireEvent.click(screen.getByRole('button', { name: '不放行' }));
    fireEvent.click(screen.getByRole('button', { name: '没有证件' }));
    expect(actions.refuse).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(400));
    fireEvent.click(screen.getByRole('button', { name: '没有证件' }));
    expect(actions.refuse).toHaveBeenCalledExactlyOnceWith('no-document');
  });

  it('goes back from the reasons to the two buttons', () => {
    const { actions } = renderCard({ state: 'check', reason: 'notice' });
    fireEvent.click(screen.getByRole('button', { name: '不放行' }));
    act(() => void vi.advanceTimersByTime(400));
    fireEvent.click(screen.getByRole('button', { name: '返回' }));
    act(() => void vi.advanceTimersByTime(400));
    fireEvent.click(screen.getByRole('button', { name: '放行' }));
    expect(actions.letIn).toHaveBeenCalledOnce();
  });

  it('says on itself that nothing can be written, and that it comes before the next code', () => {
    renderApp({
      storageFault: 'storage-quota',
      card: cardOf({ state: 'check', reason: 'notice' }, { cardFirst: true }),
    });
    const alerts = screen.getAllByRole('alert').filter((alert) => card().contains(alert));
    expect(alerts.map(({ textContent }) => textContent).join()).toContain('记录存不进去');
    expect(alerts.map(({ textContent }) => textContent).join()).toContain('先处理完这张');
  });

  it('that is not in the log has nothing to be said of, and is closed by its button', () => {
    const { seq: _, ...unwritten } = cardOf({ state: 'unknown', reason: 'internal-error' });
    const { actions } = renderApp({ card: unwritten });
    act(() => void vi.advanceTimersByTime(400));
    expect(screen.queryByRole('button', { name: '放行' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '继续扫码' }));
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });
});
