import type { SeenStore } from '../../../src/app/ports.ts';
import { epochMillis } from '../../../src/core/units.ts';
import type { Sighting } from '../../../src/core/verify/verdict.ts';
import { type Contract, same } from './contract.ts';

const seenAt = (at: number): Sighting => ({
  gate: 'gate-1',
  at: epochMillis(at),
  verdict: { state: 'pass', reason: 'admitted' },
});

async function keys(store: SeenStore, since: number): Promise<string[]> {
  return (await store.load(epochMillis(since))).map(([key]) => key).sort();
}

export const seenStoreContract: Contract<SeenStore> = {
  'a sighting comes back as it was': async (store) => {
    await store.put('a', seenAt(10));
    same(await store.load(epochMillis(0)), [['a', seenAt(10)]]);
  },
  'only sightings since the asked instant come back, that instant included': async (store) => {
    await store.put('old', seenAt(9));
    await store.put('edge', seenAt(10));
    await store.put('new', seenAt(11));
    same(await keys(store, 10), ['edge', 'new']);
  },
  'one sighting is found by its key, and nothing by another': async (store) => {
    await store.put('a', seenAt(10));
    same(await store.get('a'), seenAt(10));
    same(await store.get('b'), undefined);
  },
  'the last sighting of a key counts': async (store) => {
    await store.put('a', seenAt(10));
    await store.put('a', seenAt(20));
    same(await store.load(epochMillis(0)), [['a', seenAt(20)]]);
  },
  'what is older than the window is forgotten, the edge is kept': async (store) => {
    await store.put('old', seenAt(9));
    await store.put('edge', seenAt(10));
    await store.forgetBefore(epochMillis(10));
    same(await keys(store, 0), ['edge']);
  },
};
