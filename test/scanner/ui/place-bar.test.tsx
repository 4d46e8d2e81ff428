// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';
import { PlaceBar } from '../../../src/scanner/ui/place/place-bar.tsx';
import { someShift } from '../../support/gallery/states.ts';
import { renderApp } from './render-app.tsx';

const place = {
  direction: 'both',
  zone: { id: 'court', name: '大院', capacity: 200 },
  isExitFree: true,
  asksWhenFull: true,
} as const;
const show = (over: Partial<AppState>) => renderApp({ place, ...over }, <PlaceBar />);
const frame = (view: { container: HTMLElement }) =>
  view.container.querySelector('[data-frame]')?.getAttribute('data-frame');

afterEach(() => {
  vi.useRealTimers();
});

describe('the bar of a gate for both ways', () => {
  it('says the way by word, pressed button, frame, and to a screen reader', () => {
    const view = show({ shift: { ...someShift, way: 'out' } });
    expect(screen.getByRole('button', { name: '出' }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByRole('button', { name: '进' }).getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByRole('status').textContent).toBe('现在登记：出');
    expect(frame(view)).toBe('out');
    fireEvent.click(screen.getByRole('button', { name: '进' }));
    expect(view.actions.setWay).toHaveBeenCalledWith('in');
  });

  it('lets somebody out by hand with one tap, and only on the way out of a free exit', () => {
    const view = show({ shift: { ...someShift, way: 'out' } });
    fireEvent.click(screen.getByRole('button', { name: '无码离开' }));
    expect(view.actions.leaveByHand).toHaveBeenCalledOnce();
    view.unmount();
    show({});
    expect(screen.queryByRole('button', { name: '无码离开' })).toBeNull();
  });

  it('at a gate for leaving alone is a sign and no switch', () => {
    const view = show({ place: { ...place, direction: 'out' } });
    expect(screen.queryByRole('button', { name: '进' })).toBeNull();
    expect(frame(view)).toBe('out');
  });
});

describe('how many are inside', () => {
  const text = (view: { container: HTMLElement }) => view.container.textContent ?? '';
  it('is told with the room there is, and its age once it is old', () => {
    const at = epochMillis(Date.now() - 3_600_000);
    const view = show({ heads: { inside: 128, at } });
    expect(text(view)).toContain('现在 128 / 200');
    expect(text(view)).toContain('其他卡口：60分钟前');
    view.unmount();
    const fresh = show({ heads: { inside: 128, at: epochMillis(Date.now()) } });
    expect(text(fresh)).not.toContain('其他卡口');
    fresh.unmount();
    expect(text(show({ heads: { inside: 128 } }))).toContain('只算本机');
  });

  it('says that it is full, and never shows less than nobody', () => {
    const view = show({ heads: { inside: 200 } });
    expect(text(view)).toContain('已满');
    view.unmount();
    const wrong = show({ heads: { inside: -4 } });
    expect(text(wrong)).toContain('现在 0 / 200');
    expect(screen.getByRole('alert').textContent).toContain('人数对不上');
  });
});

describe('looking only', () => {
  it('is said aloud, framed, and ended by a tap', () => {
    const view = show({ lookOnly: true });
    expect(screen.getByRole('alert').textContent).toContain('查验不放行');
    expect(frame(view)).toBe('look');
    fireEvent.click(screen.getByRole('button', { name: '结束查验' }));
    expect(view.actions.setLookOnly).toHaveBeenCalledWith(false);
  });

  it('ends after a minute in which nobody touched it, and with its screen', () => {
    vi.useFakeTimers();
    const view = show({ lookOnly: true });
    act(() => vi.advanceTimersByTime(40_000));
    fireEvent.pointerDown(document.body);
    act(() => vi.advanceTimersByTime(59_000));
    expect(view.actions.setLookOnly).not.toHaveBeenCalled();
    act(() => vi.advanceTimersByTime(2_000));
    expect(view.actions.setLookOnly).toHaveBeenCalledWith(false);
    view.actions.setLookOnly.mockClear();
    view.unmount();
    expect(view.actions.setLookOnly).toHaveBeenCalledWith(false);
  });
});
