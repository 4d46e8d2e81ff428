import { type AppStore, clear } from '../store.ts';
import type { TrustedClock } from './trusted-clock.ts';

/** Puts on the status line how good the clock is, and whether the hub knows of newer lists than ours. */
export function showClock(store: AppStore, clock: TrustedClock): void {
  const { quality } = clock.now();
  const state = store.getState();
  if (state.clock !== quality) store.setState({ clock: quality });
  if (!clock.isBehind()) clear(store, 'trustBehind');
  else if (!state.trustBehind) store.setState({ trustBehind: true });
}
