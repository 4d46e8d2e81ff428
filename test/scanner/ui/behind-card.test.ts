import { beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { AppState } from '../../../src/scanner/app/state.ts';
import { behindCard } from '../../../src/scanner/ui/behind-card.ts';
import { cardOf, readyState } from '../../support/gallery/states.ts';

/** Frames that were asked for and have not come. */
let frames = new Map<number, () => void>();
let asked = 0;
beforeEach(() => {
  frames = new Map();
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => {
    frames.set(++asked, then);
    return asked;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => void frames.delete(id));
  return () => void vi.unstubAllGlobals();
});
function frame(): void {
  const due = [...frames.values()];
  frames.clear();
  for (const then of due) then();
}

const pass = cardOf({ state: 'pass', reason: 'admitted' });
const counted = { counts: { pass: 9, check: 0, stop: 0, unknown: 0 } };

function setUp() {
  const store = createStore<AppState>(() => readyState);
  const behind = behindCard(store);
  const heard: number[] = [];
  const stop = behind.subscribe(({ counts }) => void heard.push(counts.pass));
  const shown = () => behind.getState().counts.pass;
  return { store, behind, heard, stop, shown, before: readyState.counts.pass };
}

it('is the store’s state where there is no card, and one for a store', () => {
  const { store, behind, heard, shown } = setUp();
  store.setState(counted);
  expect(shown()).toBe(9);
  expect(heard).toEqual([9]);
  expect(behindCard(store)).toBe(behind);
});

it('stands still from a card’s coming until it is painted, then is told of all that came meanwhile, once', () => {
  const { store, heard, shown, before } = setUp();
  store.setState({ card: pass });
  store.setState(counted);
  frame();
  store.setState({ online: false });
  expect([shown(), heard]).toEqual([before, []]);
  frame();
  expect([shown(), heard]).toEqual([9, [9]]);
  store.setState({ counts: { ...counted.counts, pass: 10 } });
  expect(shown()).toBe(10);
});

it('is up to date at once when the card goes, in whatever frame', () => {
  const { store, heard, shown } = setUp();
  store.setState({ card: pass });
  store.setState(counted);
  const { card: _, ...rest } = store.getState();
  store.setState(rest, true);
  expect(shown()).toBe(9);
  frame();
  frame();
  expect(heard).toEqual([9]);
});

it('waits for the next card anew, not for the same one told of again', () => {
  const { store, shown } = setUp();
  store.setState({ card: pass });
  frame();
  frame();
  store.setState({ card: { ...pass, held: true }, ...counted });
  expect(shown()).toBe(9);
  store.setState({ card: { ...pass, id: pass.id + 1 } });
  store.setState({ counts: { ...counted.counts, pass: 10 } });
  expect(shown()).toBe(9);
});

it('tells nobody who has stopped listening', () => {
  const { store, heard, stop } = setUp();
  stop();
  store.setState(counted);
  expect(heard).toEqual([]);
});
