// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cardOf } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

const live = { kind: 'live', torch: false, torchOn: false, lenses: 1, zoom: 1 } as const;
const rehearsal = () => document.querySelector('[aria-hidden][inert]');
const passes = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

await import('../../../../src/scanner/ui/verdict/rehearsal.tsx');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('lays a card out where nobody sees, hears or presses it, after the camera is live, and once', async () => {
  const { store } = renderApp({ camera: { kind: 'starting' } });
  await passes(2000);
  expect(rehearsal()).toBeNull();
  act(() => store.setState({ camera: live }));
  await passes(390);
  expect(rehearsal()).toBeNull();
  await passes(20);
  const heard = screen.queryAllByRole('alert');
  expect(rehearsal()?.querySelector('h1')?.textContent).not.toBe('');
  expect(heard.filter((alert) => rehearsal()?.contains(alert))).toEqual([]);
  await passes(100);
  expect(rehearsal()).toBeNull();
  act(() => store.setState({ camera: { kind: 'paused' } }));
  act(() => store.setState({ camera: live }));
  await passes(2000);
  expect(rehearsal()).toBeNull();
});

it('is never green, and no card', async () => {
  renderApp({ camera: live });
  const seen: (string | null)[] = [];
  for (let ms = 0; ms < 600; ms += 5) {
    await passes(5);
    const parts = rehearsal()?.querySelectorAll('[data-state], [data-look], [data-shape]') ?? [];
    for (const part of parts)
      for (const name of ['data-state', 'data-look', 'data-shape'])
        seen.push(part.getAttribute(name));
    expect(document.querySelector('section[data-state]')).toBeNull();
  }
  expect(seen).toContain('unknown');
  expect(new Set(seen)).toEqual(new Set(['unknown', null]));
});

it('stands in no card’s way', async () => {
  const { store } = renderApp({ camera: live });
  await passes(405);
  expect(rehearsal()).not.toBeNull();
  act(() => store.setState({ card: cardOf({ state: 'stop', reason: 'stale' }) }));
  await passes(100);
  expect(rehearsal()).toBeNull();
  expect(document.querySelectorAll('section[data-state]')).toHaveLength(1);
});
