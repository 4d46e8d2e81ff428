import { epochMillis } from '../../../src/core/units.ts';
import type { Sighting } from '../../../src/core/verify/verdict.ts';
import type { KeyedSighting, SeenStore } from '../../../src/scanner/app/stores.ts';
import { type Contract, same } from './contract.ts';

const seenAt = (at: number): Sighting => ({
  gate: 'gate-1',
  at: epochMillis(at),
  verdict: { state: 'pass', reason: 'admitted' },
});
const put = (store: SeenStore, key: string, at: number) =>
  store.claim([], () => ({ result: undefined, put: [[key, seenAt(at)]] }));
const get = (store: SeenStore, ...keys: string[]) =>
  store.claim(keys, (found) => ({ result: [...found], put: [] }));
/** Claims a key that nobody holds; true for whoever was first. */
const first = (store: SeenStore, key: string, at: number) =>
  store.claim([key], (found) => {
    const isFirst = !found.has(key);
    const taken: KeyedSighting[] = isFirst ? [[key, seenAt(at)]] : [];
    return { result: isFirst, put: taken };
  });

export const seenStoreContract: Contract<SeenStore> = {
  'a sighting comes back as it was, by its key and by no other': async (store) => {
    await put(store, 'a', 10);
    same(await get(store, 'a', 'b'), [['a', seenAt(10)]]);
    same(await get(store, 'b'), []);
    same(await get(store), []);
  },
  'the last sighting of a key counts': async (store) => {
    await put(store, 'a', 10);
    await put(store, 'a', 20);
    same(await get(store, 'a'), [['a', seenAt(20)]]);
  },
  'of many who claim one key at once exactly one is first': async (store) => {
    const claims = Array.from({ length: 8 }, (_, i) => first(store, 'a', i));
    same((await Promise.all(claims)).filter(Boolean).length, 1);
  },
  'a decision that fails writes nothing': async (store) => {
    const failing = store.claim(['a'], () => {
      throw new Error('on purpose');
    });
    same(await failing.catch(() => 'failed'), 'failed');
    same(await get(store, 'a'), []);
  },
  'what is released is gone, and what another has written meanwhile stays': async (store) => {
    await put(store, 'a', 10);
    await put(store, 'b', 20);
    await store.release([
      ['a', seenAt(10)],
      ['b', seenAt(10)],
      ['c', seenAt(10)],
    ]);
    same(await get(store, 'a', 'b'), [['b', seenAt(20)]]);
  },
  'what is older than the window is forgotten, the edge is kept': async (store) => {
    await put(store, 'old', 9);
    await put(store, 'edge', 10);
    await store.forgetBefore(epochMillis(10));
    same(await get(store, 'old', 'edge'), [['edge', seenAt(10)]]);
  },
};
