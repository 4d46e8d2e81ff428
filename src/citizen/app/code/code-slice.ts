import { type CitizenStore, put } from '../store.ts';
import type { CodeState } from './code-state.ts';

type Optional = 'drawn' | 'bound' | 'refusal' | 'dayProblem' | 'relative';

/** The slice, read and written by what makes codes. */
export interface CodeSlice {
  now(): CodeState;
  set(change: Partial<CodeState>): void;
  clear(...members: readonly Optional[]): void;
}

export const codeSlice = (store: CitizenStore): CodeSlice => {
  const now = () => store.getState().code;
  return {
    now,
    set: (change) => put(store, 'code', { ...now(), ...change }),
    clear(...members) {
      const next: { -readonly [M in keyof CodeState]: CodeState[M] } = { ...now() };
      for (const member of members) delete next[member];
      put(store, 'code', next);
    },
  };
};
