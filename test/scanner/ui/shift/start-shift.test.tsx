// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../../src/scanner/app/state.ts';
import { readyState } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

const { shift: _, ...offShift } = readyState;
function renderStart(change: Partial<AppState> = {}) {
  const view = renderApp();
  act(() => view.store.setState({ ...offShift, ...change }, true));
  return view;
}
const tap = async (name: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await act(async () => vi.dynamicImportSettled());
};

describe('the start of a shift', () => {
  it('is one tap for a guard the phone knows', async () => {
    const { actions } = renderStart({ guards: ['王班长 07', '李 12'] });
    await tap('李 12');
    expect(actions.startShift).toHaveBeenCalledExactlyOnceWith('李 12', undefined);
  });

  it('takes names off the list one by one or all at once, and starts nothing by that', async () => {
    const { actions } = renderStart({ guards: ['王班长 07', '李 12'] });
    await tap('整理名单');
    await tap(/从名单里去掉.*李 12/);
    expect(actions.forgetGuard).toHaveBeenCalledWith('李 12');
    await tap('全部去掉');
    expect(actions.forgetGuard).toHaveBeenLastCalledWith();
    expect(actions.startShift).not.toHaveBeenCalled();
  });

  it('asks for a name where it knows none', () => {
    renderStart();
    expect(screen.queryByRole('button', { name: '整理名单' })).toBeNull();
    expect(screen.getByLabelText('工号或姓名')).toBeTruthy();
  });

  it.each(['transit', 'station'] as const)('offers rapid mode at a %s gate', (venue) => {
    const { actions } = renderStart({ gate: { id: 'g', name: '西站', venue } });
    const offer = screen.getByRole('switch', { name: /快速通行/ });
    expect(offer.getAttribute('aria-checked')).toBe('false');
    fireEvent.click(offer);
    expect(actions.setSettings).toHaveBeenCalledWith({ rapid: true });
  });

  it('does not speak of rapid mode at any other gate', () => {
    renderStart();
    expect(screen.queryByRole('switch')).toBeNull();
  });
});

describe('the scan screen', () => {
  it('says which gate and who is on duty, and a tap there opens the shift', async () => {
    renderApp();
    await tap(/海河小区东门.*值班：王班长 07/);
    expect(screen.getByRole('dialog').textContent).toContain('王班长 07');
  });
});
