import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Permission } from '../../core/console/roles.ts';
import { type Formats, formats } from '../../words/format.ts';
import type { Console } from '../app/console.ts';
import type { Live, LiveQuery } from '../app/live-query.ts';
import { createQuery, type Query, type QueryStore } from '../app/query.ts';
import type { ConsoleState } from '../app/state.ts';
import { type Translate, translator } from '../words/translate.ts';

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const desk = useContext(ConsoleContext);
  if (desk === undefined) throw new TypeError('no Console around this component');
  return desk;
}

/** The one hook on the one store. `select` must return a part of the state, not a new object. */
export function useDesk<T>(select: (state: ConsoleState) => T): T {
  return useStore(useConsole().store, select);
}

export interface Words {
  readonly t: Translate;
  readonly f: Formats;
}

export function useWords(): Words {
  const language = useDesk((state) => state.language);
  return useMemo(() => ({ t: translator(language), f: formats(language) }), [language]);
}

/** Whether whoever is signed in may do this: what may not be done is not shown. */
export const useMay = (what: Permission): boolean =>
  useDesk(({ self }) => self?.permissions.includes(what) ?? false);

/** What the hub answers to `path`, asked when the page opens and again by `refresh`. */
export function useQuery<T>(
  path: string,
): Query<T> & { readonly refresh: QueryStore<T>['refresh'] } {
  const desk = useConsole();
  const query = useMemo(() => createQuery<T>(() => desk.load<T>(path)), [desk, path]);
  const state = useSyncExternalStore(query.subscribe, query.getState);
  return { ...state, refresh: query.refresh };
}

/** What the issuing side's desk answers to `path`. */
export function useIssuing<T>(
  path: string,
): Query<T> & { readonly refresh: QueryStore<T>['refresh'] } {
  const { issuing } = useConsole();
  const query = useMemo(() => createQuery<T>(() => issuing.get<T>(path)), [issuing, path]);
  const state = useSyncExternalStore(query.subscribe, query.getState);
  return { ...state, refresh: query.refresh };
}

/** The same of a question that stands in no address. */
export function useIssuingFound<T>(
  path: string,
  question: object,
): Query<T> & { readonly refresh: QueryStore<T>['refresh'] } {
  const { issuing } = useConsole();
  const said = JSON.stringify(question);
  const query = useMemo(
    () => createQuery<T>(() => issuing.send<T>(path, JSON.parse(said))),
    [issuing, path, said],
  );
  const state = useSyncExternalStore(query.subscribe, query.getState);
  return { ...state, refresh: query.refresh };
}

/** The same of a question that stands in no address; `question` counts by what it says. */
export function useFound<T>(
  path: string,
  question: object,
): Query<T> & { readonly refresh: QueryStore<T>['refresh'] } {
  const desk = useConsole();
  const said = JSON.stringify(question);
  const query = useMemo(
    () => createQuery<T>(() => desk.find<T>(path, JSON.parse(said))),
    [desk, path, said],
  );
  const state = useSyncExternalStore(query.subscribe, query.getState);
  return { ...state, refresh: query.refresh };
}

/** The same told by `events` whenever it changes, as long as somebody can see the page. */
export function useLive<T>(
  path: string,
  events: string,
): Live<T> & { readonly refresh: LiveQuery<T>['refresh'] } {
  const desk = useConsole();
  const query = useMemo(() => desk.live<T>(path, events), [desk, path, events]);
  const state = useSyncExternalStore(query.subscribe, query.getState);
  useEffect(() => {
    const look = () => (document.hidden ? query.pause() : query.resume());
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      query.pause();
    };
  }, [query]);
  return { ...state, refresh: query.refresh };
}
