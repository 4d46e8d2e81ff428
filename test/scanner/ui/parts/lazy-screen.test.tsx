// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, expect, it } from 'vitest';
import { lazyScreen, withWords } from '../../../../src/scanner/ui/parts/lazy-screen.ts';

const Card = ({ word }: { word: string }) => <p>{word}</p>;

afterEach(cleanup);

it('shows a screen that was loaded before at once, with nothing standing in for it', async () => {
  const load = withWords(async () => Card);
  const Screen = lazyScreen(load);
  await load();
  render(
    <Suspense fallback="wait">
      <Screen word="here" />
    </Suspense>,
  );
  expect(screen.queryByText('wait')).toBeNull();
  expect(screen.getByText('here')).toBeDefined();
});

it('loads a screen when it is first shown, and keeps it', async () => {
  const Screen = lazyScreen(async () => Card);
  const shown = (word: string) => (
    <Suspense fallback="wait">
      <Screen word={word} />
    </Suspense>
  );
  const { rerender } = render(shown('first'));
  expect(screen.getByText('wait')).toBeDefined();
  const first = await screen.findByText('first');
  await act(async () => rerender(shown('second')));
  expect(screen.getByText('second')).toBe(first);
});
