import type { StoredTrust, TrustStore } from '../../../src/scanner/app/stores.ts';
import { type Breakable, breaker } from './failing.ts';

export function memoryTrustStore(stored?: StoredTrust): TrustStore & Breakable {
  const { check, checkWrite, breakWith, breakWritesWith } = breaker();
  let set = stored;
  return {
    breakWith,
    breakWritesWith,
    async load() {
      check();
      return structuredClone(set);
    },
    async save(next) {
      checkWrite();
      set = structuredClone(next);
    },
  };
}
