import type { Sighting } from '../../../src/core/verify/verdict.ts';
import type { SeenStore } from '../../../src/scanner/app/stores.ts';
import { type Breakable, breaker } from './failing.ts';

export function memorySeenStore(): SeenStore & Breakable {
  const { checkWrite, breakWith, breakWritesWith } = breaker();
  const seen = new Map<string, Sighting>();
  return {
    breakWith,
    breakWritesWith,
    async claim(keys, decide) {
      checkWrite();
      const known = [...seen].filter(([key]) => keys.includes(key));
      const { result, put } = decide(new Map(structuredClone(known)));
      for (const [key, sighting] of put) seen.set(key, structuredClone(sighting));
      return result;
    },
    async release(sightings) {
      checkWrite();
      for (const [key, { gate, at }] of sightings) {
        const held = seen.get(key);
        if (held?.gate === gate && held.at === at) seen.delete(key);
      }
    },
    async forgetBefore(at) {
      checkWrite();
      for (const [key, sighting] of seen) if (sighting.at < at) seen.delete(key);
    },
  };
}
