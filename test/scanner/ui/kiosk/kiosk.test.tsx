// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../../src/core/verify/verdict.ts';
import type { AppState } from '../../../../src/scanner/app/state.ts';
import { Kiosk } from '../../../../src/scanner/ui/kiosk/kiosk.tsx';
import { TurnOn } from '../../../../src/scanner/ui/settings/turn-on.tsx';
import { loadScreenWords } from '../../../../src/scanner/words/translate.ts';
import { cardOf, livePass } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

await loadScreenWords();
const kiosk = { camera: 'front' } as const;
const show = (change: Partial<AppState> = {}) => renderApp({ kiosk, ...change }, <Kiosk />);
const shown = () => document.querySelector('main')?.dataset['screen'];
/** What people can read: what lies under a result is covered by it. */
const words = () => {
  const result = document.querySelector('[data-result]');
  return (result ?? document.body).textContent ?? '';
};
const named = (verdict: Verdict) => ({ ...verdict, pass: livePass });

afterEach(() => {
  vi.useRealTimers();
});

const others = [
  named({ state: 'stop', reason: 'colour-stop' }),
  named({ state: 'check', reason: 'colour-caution' }),
  named({ state: 'check', reason: 'already-scanned' }),
  named({ state: 'check', reason: 'temperature-needed' }),
  named({ state: 'stop', reason: 'temperature-high' }),
  { state: 'stop', reason: 'bad-signature' },
  { state: 'unknown', reason: 'internal-error' },
] as const satisfies readonly Verdict[];

describe('a kiosk', () => {
  it('says in three languages what to show, where and when', () => {
    show();
    expect(shown()).toBe('idle');
    for (const part of [
      '请出示健康码',
      'Please show your health code',
      '請出示健康碼',
      '海河小区东门',
    ])
      expect(words()).toContain(part);
    expect(document.querySelector('time')?.textContent).toMatch(/^\d\d:\d\d$/);
  });

  it('tells a pass by its word and its tick, and nothing of the person', () => {
    show({ card: cardOf(named({ state: 'pass', reason: 'admitted' })) });
    expect(shown()).toBe('pass');
    expect(document.querySelector('[data-shape=pass]')).not.toBeNull();
    expect(words()).toBe('通行Pass请进Please go in請進');
  });

  it.each(others)('sends $reason to somebody, with the same words for all', (verdict) => {
    show({ card: cardOf(verdict) });
    expect(shown()).toBe('staff');
    expect(words()).toBe('请找工作人员Please see a member of staff請找工作人員工作人员会帮您。');
    const everything = document.body.textContent ?? '';
    for (const part of ['张*三', '12…2X', '绿码', '天津', '12345'])
      expect(everything).not.toContain(part);
  });

  it('shows no green that is not in the log', () => {
    const { seq: _, ...card } = cardOf(named({ state: 'pass', reason: 'admitted' }));
    show({ card });
    expect(shown()).toBe('staff');
  });

  it.each([
    'storage',
    'rules',
    'clock',
    'list',
    'camera',
    'scanner',
    'temperature',
    'starting',
  ] as const)(
    'says that it cannot work, whom to see, and to who comes to mend it why: %s',
    (kioskTrouble) => {
      show({ kioskTrouble });
      expect(shown()).toBe('out');
      expect(words()).toContain('请找工作人员');
      expect(words()).toContain(kioskTrouble === 'starting' ? '正在启动…' : '暂停使用');
    },
  );

  it('is out of service until what the disk holds is known', () => {
    const { store } = show();
    const { recalled: _, ...early } = store.getState();
    act(() => store.setState(early, true));
    expect(shown()).toBe('out');
  });

  it('lets something that is no health code stand out for a moment, and no more', () => {
    show({ kioskStray: true });
    expect(shown()).toBe('idle');
    expect(document.querySelector('[data-stray=true]')?.textContent).toContain('请出示健康码');
  });
});

describe('the way out', () => {
  it('is one button, to the PIN; nothing else can be pressed', () => {
    const { actions } = show({ pin: 'set' });
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['管理']);
    fireEvent.click(screen.getByRole('button', { name: '管理' }));
    const sheet = within(screen.getByRole('dialog'));
    expect(sheet.queryByRole('button', { name: '退出无人值守' })).toBeNull();
    fireEvent.change(sheet.getByLabelText('密码'), { target: { value: '246810' } });
    fireEvent.submit(sheet.getByLabelText('密码'));
    expect(actions.openSupervisor).toHaveBeenCalledExactlyOnceWith('246810');
    expect(actions.leaveKiosk).not.toHaveBeenCalled();
  });

  it('opens with the role, and ends the kiosk by one tap', () => {
    const { actions, store } = show({ pin: 'set' });
    fireEvent.click(screen.getByRole('button', { name: '管理' }));
    act(() => store.setState({ supervisor: { state: 'open' } }));
    fireEvent.click(screen.getByRole('button', { name: '退出无人值守' }));
    expect(actions.leaveKiosk).toHaveBeenCalledOnce();
  });

  it('closes by itself when nobody touches it for half a minute', () => {
    vi.useFakeTimers();
    const { actions } = show({ pin: 'set' });
    fireEvent.click(screen.getByRole('button', { name: '管理' }));
    act(() => void vi.advanceTimersByTime(29_000));
    expect(screen.queryByRole('dialog')).not.toBeNull();
    act(() => void vi.advanceTimersByTime(1500));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(actions.closeSupervisor).toHaveBeenCalled();
  });
});

describe('turning it on', () => {
  it('asks what it reads with and, where the rule leaves it at that, how all are measured', () => {
    const rule = { temperature: { mode: 'exception', limitC: 37.3 } } as const;
    const { actions } = renderApp({ trust: rule }, <TurnOn onBack={() => undefined} />);
    fireEvent.click(screen.getByLabelText('扫码枪'));
    fireEvent.click(screen.getByLabelText('热成像'));
    fireEvent.click(screen.getByRole('button', { name: '开始无人值守' }));
    const plan = { camera: 'none', scannedWith: 'thermal-camera' };
    expect(actions.turnKioskOn).toHaveBeenCalledExactlyOnceWith(plan);
  });

  it.each(['temperature', 'original-way', 'rules'] as const)('says why not: %s', (kioskRefused) => {
    renderApp({ kioskRefused }, <TurnOn onBack={() => undefined} />);
    expect(screen.getByRole('alert').textContent).toMatch(/这里不行|请先联网/);
  });
});
