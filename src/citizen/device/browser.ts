import { keptLanguage } from '../../browser/kept-language.ts';
import type { Address } from '../app/place/place-actions.ts';
import type { OwedSignOut } from '../app/session/session-actions.ts';
import type { Settings } from '../app/settings/settings-state.ts';

export const address: Address = {
  read: () => location.hash,
  write: (hash) => location.assign(hash),
};

/**
 * What the link on a poster has brought, taken out of the address before anything is asked of anybody;
 * empty where an app on the way has cut it off, undefined where no such link was opened.
 */
export function takeLink(): string | undefined {
  const { pathname, search, hash } = location;
  if (!/^\?v(?:[=&]|$)/.test(search)) return undefined;
  history.replaceState(null, '', `${pathname}#checkin`);
  return hash.slice(1);
}

const language = keptLanguage('kakou-citizen-language');
const name = 'kakou-citizen-settings';

/** What was chosen here before; nothing of a person is in it. */
export function readSettings(): Settings {
  let kept: Partial<Settings> = {};
  try {
    kept = JSON.parse(localStorage.getItem(name) ?? '{}');
  } catch {
    // no storage, or not ours: as at first
  }
  return {
    language: language.read(),
    isLarge: kept.isLarge === true,
    isNameHidden: kept.isNameHidden === true,
  };
}

export function keepSettings({ language: chosen, isLarge, isNameHidden }: Settings): void {
  language.keep(chosen);
  try {
    localStorage.setItem(name, JSON.stringify({ isLarge, isNameHidden }));
  } catch {
    // chosen each time
  }
}

const owedName = 'kakou-citizen-sign-out';

export const owedSignOut: OwedSignOut = {
  read() {
    try {
      return localStorage.getItem(owedName) !== null;
    } catch {
      return false;
    }
  },
  write(isOwed) {
    try {
      if (isOwed) localStorage.setItem(owedName, '1');
      else localStorage.removeItem(owedName);
    } catch {
      // the server hears of it now or not at all
    }
  },
};
