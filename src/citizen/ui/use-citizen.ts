import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { type Formats, formats } from '../../words/format.ts';
import type { Citizen } from '../app/citizen.ts';
import type { CitizenState } from '../app/store.ts';
import { type Translate, translator } from '../words/translate.ts';

export const CitizenContext = createContext<Citizen | undefined>(undefined);

/** What may be asked of the page, by topic. */
export function useCitizen(): Citizen {
  const citizen = useContext(CitizenContext);
  if (citizen === undefined) throw new TypeError('no Citizen around this component');
  return citizen;
}

/** The one hook on the one store. `select` must return a part of the state, not a new object. */
export function useApp<T>(select: (state: CitizenState) => T): T {
  return useStore(useCitizen().store, select);
}

export interface Words {
  readonly t: Translate;
  readonly f: Formats;
}

export function useWords(): Words {
  const language = useApp((state) => state.settings.language);
  return useMemo(() => ({ t: translator(language), f: formats(language) }), [language]);
}
