import type { SeenStore } from '../../../src/app/ports.ts';
import type { Sighting } from '../../../src/core/verify/verdict.ts';
import { type Breakable, breaker } from './failing.ts';

export function memorySeenStore(): SeenStore & Breakable {
  const { check, checkWrite, breakWith, breakWritesWith } = breaker();
  const seen = new Map<string, Sighting>();
  return {
    breakWith,
    breakWritesWith,
    async load(since) {
      check();
      return structuredClone([...seen].filter(([, sighting]) => sighting.at >= since));
    },
    async get(key) {
      check();
      return structuredClone(seen.get(key));
    },
    async put(key, sighting) {
      checkWrite();
      seen.set(key, structuredClone(sighting));
    },
    async forgetBefore(at) {
      checkWrite();
      for (const [key, sighting] of seen) if (sighting.at < at) seen.delete(key);
    },
  };
}
