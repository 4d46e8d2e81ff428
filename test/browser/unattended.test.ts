// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberUnattended, startAgain } from '../../src/browser/unattended.ts';

const reload = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  reload.mockReset();
  vi.stubGlobal('location', { reload });
});
afterEach(() => {
  localStorage.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a page that could not start is opened again by itself at a kiosk, a minute later', () => {
  rememberUnattended(true);
  startAgain();
  vi.advanceTimersByTime(59_000);
  expect(reload).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1001);
  expect(reload).toHaveBeenCalledOnce();
});

it('and nowhere else: not at a guard’s phone, nor at one that was a kiosk', () => {
  startAgain();
  rememberUnattended(true);
  rememberUnattended(false);
  startAgain();
  vi.advanceTimersByTime(120_000);
  expect(reload).not.toHaveBeenCalled();
});
