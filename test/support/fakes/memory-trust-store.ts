import type { StoredTrust, TrustStore } from '../../../src/app/ports.ts';
import { type Breakable, breaker } from './failing.ts';

export function memoryTrustStore(stored?: StoredTrust): TrustStore & Breakable {
  const { check, breakWith } = breaker();
  let set = stored;
  return {
    breakWith,
    async load() {
      check();
      return structuredClone(set);
    },
    async save(next) {
      check();
      set = structuredClone(next);
    },
  };
}
