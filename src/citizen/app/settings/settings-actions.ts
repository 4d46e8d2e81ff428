import { type CitizenStore, put } from '../store.ts';
import type { Settings } from './settings-state.ts';

export interface SettingsActions {
  choose(chosen: Partial<Settings>): void;
}

export const createSettings = (
  store: CitizenStore,
  keep: (settings: Settings) => void,
): SettingsActions => ({
  choose(chosen) {
    const next = { ...store.getState().settings, ...chosen };
    put(store, 'settings', next);
    keep(next);
  },
});
