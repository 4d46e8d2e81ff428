import type { AppStore } from '../store.ts';
import type { Flash } from './scan-state.ts';

/** Tells a verdict that asks for nothing; the screen takes it away again. */
export function showFlash(store: AppStore, shown: Omit<Flash, 'id'>): void {
  const { flash } = store.getState();
  store.setState({ flash: { id: (flash?.id ?? 0) + 1, ...shown } });
}
