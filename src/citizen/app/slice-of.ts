import type { CitizenState, CitizenStore } from './store.ts';

/** A topic's own share of the store, changed a member at a time. */
export interface Slice<S> {
  get(): S;
  set(change: Partial<S>): void;
}

export const sliceOf = <Topic extends keyof CitizenState>(
  store: CitizenStore,
  topic: Topic,
): Slice<CitizenState[Topic]> => ({
  get: () => store.getState()[topic],
  set: (change) =>
    store.setState((state) => ({ ...state, [topic]: { ...state[topic], ...change } })),
});
