import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppState, defaultSettings, nobodyByHand, noCounts } from './state.ts';

export type AppStore = StoreApi<AppState>;

/** The one store of the app, outside any framework. Screens subscribe; only `src/app` writes. */
export function createAppStore(demo: boolean, online: boolean): AppStore {
  return createStore<AppState>(() => ({
    phase: 'starting',
    enrolling: 'idle',
    demo,
    settings: defaultSettings,
    counts: noCounts,
    byHand: nobodyByHand,
    recent: [],
    camera: { kind: 'off' },
    online,
    sync: { unsynced: 0, busy: false },
    trust: {},
    clock: 'unconfirmed',
    supervisor: { state: 'closed' },
    updateReady: false,
  }));
}

/** Removes optional members, which `setState` alone can only overwrite. */
export function clear(store: AppStore, ...members: readonly OptionalMember[]): void {
  const next: Partial<AppState> & Record<string, unknown> = { ...store.getState() };
  if (members.every((member) => next[member] === undefined)) return;
  for (const member of members) delete next[member];
  store.setState(next as AppState, true);
}

type OptionalMember =
  | 'card'
  | 'choice'
  | 'picture'
  | 'enrolDigits'
  | 'enrolHub'
  | 'pastShifts'
  | 'clockSkewS'
  | 'trustBehind'
  | 'wedgeTrouble'
  | 'storageFault'
  | 'shift'
  | 'fault'
  | 'gate'
  | 'summary'
  | 'exporting'
  | 'exportReady';
