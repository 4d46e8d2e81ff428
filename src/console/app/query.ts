import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Answer, Refusal } from './remote.ts';

/** Something asked of the hub: what came last stays in sight while the next is on its way. */
export interface Query<T> {
  readonly data?: T;
  readonly refusal?: Refusal;
  readonly loading: boolean;
}

export interface QueryStore<T>
  extends Pick<StoreApi<Query<T>>, 'getState' | 'subscribe' | 'getInitialState'> {
  refresh(): Promise<void>;
}

/** Asks at once, and again by `refresh`; an answer overtaken by a later question is dropped. */
export function createQuery<T>(load: () => Promise<Answer<T>>): QueryStore<T> {
  const store = createStore<Query<T>>(() => ({ loading: true }));
  let newest = 0;
  async function refresh(): Promise<void> {
    const mine = ++newest;
    store.setState({ loading: true });
    const answer = await load();
    if (mine !== newest) return;
    const { data } = store.getState();
    const kept = data === undefined ? {} : { data };
    store.setState(
      answer.ok
        ? { data: answer.value, loading: false }
        : { ...kept, refusal: answer.error, loading: false },
      true,
    );
  }
  void refresh();
  return { ...store, refresh };
}
