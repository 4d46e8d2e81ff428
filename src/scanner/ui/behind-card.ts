import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../app/state.ts';
import { whenShown } from './taps/when-shown.ts';

type Shown = Pick<StoreApi<AppState>, 'getState' | 'getInitialState' | 'subscribe'>;

const known = new WeakMap<StoreApi<AppState>, Shown>();

/**
 * The state as the screen behind a card shows it: that of before until a card that came is painted, so that
 * nobody's card waits for the counts below it; else that of the store.
 */
export function behindCard(store: StoreApi<AppState>): Shown {
  const made = known.get(store) ?? follow(store);
  known.set(store, made);
  return made;
}

function follow(store: StoreApi<AppState>): Shown {
  let shown = store.getState();
  let cancel: (() => void) | undefined;
  const listeners = new Set<(state: AppState, before: AppState) => void>();
  function take(): void {
    cancel = undefined;
    const before = shown;
    shown = store.getState();
    for (const listener of listeners) listener(shown, before);
  }
  store.subscribe((now, before) => {
    const isNew = now.card !== undefined && now.card.id !== before.card?.id;
    if (cancel && now.card) return;
    cancel?.();
    if (isNew) cancel = whenShown(take);
    else take();
  });
  return {
    getState: () => shown,
    getInitialState: store.getInitialState,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
