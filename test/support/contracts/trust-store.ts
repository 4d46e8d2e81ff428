import type { StoredTrust, TrustStore } from '../../../src/scanner/app/stores.ts';
import { type Contract, same } from './contract.ts';

const first: StoredTrust = {
  rootVersion: 1,
  roots: [],
  bundle: Uint8Array.of(1, 2, 3),
  lists: { 'CN-TJ': { list: 'full' } },
  marks: { bundle: 1 },
};
const second: StoredTrust = {
  rootVersion: 2,
  roots: [Uint8Array.of(9)],
  bundle: Uint8Array.of(4, 5),
  lists: { 'CN-HE': { list: 'full', delta: 'delta' } },
  marks: { bundle: 2 },
};

export const trustStoreContract: Contract<TrustStore> = {
  'before the first set there is none': async (store) => {
    same(await store.load(), undefined);
  },
  'a set comes back byte for byte': async (store) => {
    await store.save(first);
    same(await store.load(), first);
  },
  'a new set replaces the old one whole, leaving none of its lists': async (store) => {
    await store.save(first);
    await store.save(second);
    same(await store.load(), second);
  },
  'what was saved does not change with the object it came from': async (store) => {
    const bundle = Uint8Array.of(1, 2, 3);
    await store.save({ ...first, bundle });
    bundle[0] = 99;
    same((await store.load())?.bundle, Uint8Array.of(1, 2, 3));
  },
};
