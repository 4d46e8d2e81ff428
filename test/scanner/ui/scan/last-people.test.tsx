// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { LastPeople } from '../../../../src/scanner/ui/scan/last-people.tsx';
import { SupervisorWord } from '../../../../src/scanner/ui/supervisor/supervisor-word.tsx';
import { livePass, readyState } from '../../../support/gallery/states.ts';
import { someEntries, someScan } from '../../../support/log-entries.ts';
import { renderApp, renderCard } from '../render-app.tsx';

const button = (name: RegExp | string) => screen.getByRole('button', { name });
let entries: LogEntry[];
beforeAll(async () => {
  const stop = { ...someScan, state: 'stop', reason: 'colour-stop' } as typeof someScan;
  const check = { ...someScan, state: 'check', reason: 'notice' } as typeof someScan;
  const [pass] = await someEntries(1);
  if (!pass) throw new Error('there is one');
  const [second] = await someEntries(1, 'device-1', pass, check);
  const [third] = second ? await someEntries(1, 'device-1', second, stop) : [];
  entries = [third, second, pass].filter((entry) => entry !== undefined);
});
/** What just came in sight is deaf for a moment. */
const aMoment = () => act(() => void vi.advanceTimersByTime(400));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = () => renderApp({ recent: entries }, <LastPeople onClose={() => undefined} />);
const choose = (word: RegExp | string) => {
  aMoment();
  fireEvent.click(button(word));
};
const saying = async (name: string | RegExp) => {
  choose(name);
  await act(async () => undefined);
};

describe('the last people', () => {
  it('stand there with time, verdict, outcome and reason; one without an outcome says so', () => {
    open();
    const rows = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/\d\d:\d\d.*拦截不放行红码/);
    expect(rows[1]).toMatch(/核对结果未记录有出行提示/);
    expect(rows[2]).toMatch(/通行已放行健康码有效/);
  });

  it('name the colour of the code in words, as its issuer does', () => {
    const green = { 'zh-CN': '绿码', 'zh-TW': '綠碼', en: 'Green' };
    renderApp(
      { recent: entries, trust: { statuses: { 'CN-TJ': { g: green } } } },
      <LastPeople onClose={() => undefined} />,
    );
    expect(screen.getAllByRole('listitem').at(-1)?.textContent).toMatch(/健康码有效 · 绿码$/);
  });

  it('a pass becomes 不放行 by a reason', async () => {
    const { actions } = open();
    choose(/通行/);
    choose('改为不放行');
    await saying('体温异常');
    expect(actions.correct).toHaveBeenCalledExactlyOnceWith(1, {
      outcome: 'refused',
      why: 'fever',
    });
  });

  it('are not corrected by the second of two quick taps', async () => {
    const { actions } = open();
    choose(/通行/);
    choose('改为不放行');
    fireEvent.click(button('体温异常'));
    expect(actions.correct).not.toHaveBeenCalled();
    await saying('体温异常');
    expect(actions.correct).toHaveBeenCalledOnce();
  });

  it('what nobody said is asked for, and either may be said', async () => {
    const { actions } = open();
    choose(/核对/);
    expect(screen.getByText('这个人进去了吗？')).toBeDefined();
    expect(button('改为不放行')).toBeDefined();
    await saying('改为放行');
    expect(actions.correct).toHaveBeenCalledExactlyOnceWith(2, { outcome: 'admitted' });
  });

  it('a stop is let in by the PIN and a reason only, and the role goes with the screen', async () => {
    const { actions, store, unmount } = open();
    choose(/拦截/);
    expect(screen.queryByRole('button', { name: '改为放行' })).toBeNull();
    choose('班长放行');
    expect(screen.queryByRole('button', { name: '急救、消防' })).toBeNull();
    act(() => store.setState({ supervisor: { state: 'open' } }));
    await saying('急救、消防');
    expect(actions.correct).toHaveBeenCalledExactlyOnceWith(3, {
      outcome: 'admitted',
      why: 'emergency',
    });
    unmount();
    expect(actions.closeSupervisor).toHaveBeenCalled();
  });

  it.each([
    ['too-late', '已超过 10 分钟'],
    ['supervisor-only', '只有班长能放行'],
    ['done', '已改'],
  ] as const)('says what became of it: %s', async (answer, words) => {
    const { store } = open();
    store.setState({ correction: answer });
    expect(screen.queryByText(new RegExp(words))).toBeNull();
    choose(/核对/);
    await saying('改为放行');
    expect(screen.getByRole('status').textContent).toContain(words);
  });
});

describe('the role of a supervisor', () => {
  const shown = () => renderApp({}, <SupervisorWord onWhy={() => undefined} />);

  it('ends after a minute without a touch, counted from the last one', () => {
    const { actions } = shown();
    vi.advanceTimersByTime(59_000);
    fireEvent.pointerDown(document.body);
    vi.advanceTimersByTime(59_000);
    expect(actions.closeSupervisor).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(actions.closeSupervisor).toHaveBeenCalledOnce();
  });

  it('ends when the page is out of sight', () => {
    const { actions } = shown();
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    fireEvent(document, new Event('visibilitychange'));
    expect(actions.closeSupervisor).toHaveBeenCalledOnce();
    hidden.mockRestore();
  });
});

describe('on a card', () => {
  const pass = { state: 'pass', reason: 'admitted', pass: livePass } as const;
  const trust = { ...readyState.trust, temperature: { mode: 'exception', limitC: 37.3 } as const };
  const shift = { id: 's', operator: '7', startedAt: readyState.shift?.startedAt ?? 0 } as never;

  it('体温异常 stands on a green one where everybody is measured before, and is no touch of the card', () => {
    const measured = { ...(shift as object), scannedWith: 'thermal-camera' } as never;
    const { actions } = renderCard(pass, { trust, shift: measured });
    aMoment();
    fireEvent.click(button('体温异常'));
    expect(actions.foundWarm).toHaveBeenCalledOnce();
    expect(actions.holdCard).not.toHaveBeenCalled();
    expect(actions.dismissCard).not.toHaveBeenCalled();
  });

  it('and on none where nobody said that', () => {
    renderCard(pass, { trust, shift });
    expect(screen.queryByRole('button', { name: '体温异常' })).toBeNull();
  });
});
