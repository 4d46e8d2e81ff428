import { createStore, type StoreApi } from 'zustand/vanilla';
import { notEnrolling } from './enrol/enrol-state.ts';
import { unaskedPhone } from './phone/phone-state.ts';
import { nothingScanned } from './scan/scan-state.ts';
import type { AppState } from './state.ts';
import { noSupervisor } from './supervisor/supervisor-state.ts';
import { nothingSynced } from './sync/sync-state.ts';
import { nothingTrusted } from './trust/trust-state.ts';

export type AppStore = StoreApi<AppState>;

/** The one store of the app, outside any framework. Screens subscribe; only `scanner/app` writes. */
export function createAppStore(demo: boolean, online: boolean): AppStore {
  return createStore<AppState>(() => ({
    phase: 'starting',
    demo,
    online,
    ...notEnrolling,
    ...nothingScanned,
    ...nothingTrusted,
    ...nothingSynced,
    ...noSupervisor,
    ...unaskedPhone,
  }));
}

/** Removes optional members, which `setState` alone can only overwrite. */
export function clear(store: AppStore, ...members: readonly OptionalMember[]): void {
  const next: Partial<AppState> & Record<string, unknown> = { ...store.getState() };
  if (members.every((member) => next[member] === undefined)) return;
  for (const member of members) delete next[member];
  store.setState(next as AppState, true);
}

/** The members that may be absent. */
type OptionalMember = {
  [Member in keyof AppState]-?: undefined extends AppState[Member] ? Member : never;
}[keyof AppState];
