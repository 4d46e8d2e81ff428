// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { cardOf } from '../../../support/gallery/states.ts';

const drawn = vi.hoisted(() => vi.fn(() => null));
vi.mock('../../../../src/scanner/ui/scan/viewfinder.tsx', () => ({ Viewfinder: drawn }));
vi.mock('../../../../src/scanner/ui/scan/thumb-bar.tsx', () => ({ ThumbBar: drawn }));
const { renderApp } = await import('../render-app.tsx');

it('draws nothing of the scan screen anew when a card comes, and when it goes', async () => {
  const { store } = renderApp();
  await act(() => vi.dynamicImportSettled());
  const before = drawn.mock.calls.length;
  expect(before).toBeGreaterThan(0);
  act(() => store.setState({ card: cardOf({ state: 'stop', reason: 'stale' }) }));
  act(() => store.setState({ card: undefined }));
  expect(drawn).toHaveBeenCalledTimes(before);
});
