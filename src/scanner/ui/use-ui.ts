import { createContext, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Language } from '../../core/terms.ts';
import { type Formats, formats } from '../../words/format.ts';
import type { AppActions } from '../app/actions.ts';
import type { AppState } from '../app/state.ts';
import { isLoaded, type Translate, translator } from '../words/translate.ts';
import { behindCard } from './behind-card.ts';
import type { UiApp } from './ui-app.ts';

export const UiContext = createContext<UiApp | undefined>(undefined);

export function useUi(): UiApp {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new TypeError('no UiApp around this component');
  return ui;
}

/** The one hook on the one store. `select` must return a part of the state, not a new object. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useUi().store, select);
}

/** The same for what stands behind a card: it is drawn anew after a card that came with it. */
export function useBehind<T>(select: (state: AppState) => T): T {
  return useStore(behindCard(useUi().store), select);
}

export function useActions(): AppActions {
  const { actions } = useUi();
  if (actions === undefined) throw new TypeError('the app did not start');
  return actions;
}

export interface Words {
  readonly language: Language;
  readonly t: Translate;
  readonly f: Formats;
}

const cache = new Map<Language, Words>();

export function wordsOf(language: Language): Words {
  const known = cache.get(language);
  if (known !== undefined) return known;
  const words = { language, t: translator(language), f: formats(language) };
  if (isLoaded(language)) cache.set(language, words);
  return words;
}

export const useWords = (): Words => wordsOf(useApp((state) => state.settings.language));

/** The wall clock, read anew every `everyMs`: for words such as "3 minutes ago" only. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Whether the page is out of sight, so that nothing personal stays in the app switcher. */
export function usePageHidden(): boolean {
  const [hidden, setHidden] = useState(() => document.hidden);
  useEffect(() => {
    const update = () => setHidden(document.hidden);
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return hidden;
}
