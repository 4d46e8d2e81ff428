import type { Leader } from '../../../src/ports/world.ts';

/** Leads unless the name is in `elsewhere` (another tab holds it) or already runs here. */
export function fakeLeader(): Leader & { readonly elsewhere: Set<string> } {
  const elsewhere = new Set<string>();
  const running = new Set<string>();
  return {
    elsewhere,
    async run(name, task) {
      if (elsewhere.has(name) || running.has(name)) return false;
      running.add(name);
      try {
        await task();
      } finally {
        running.delete(name);
      }
      return true;
    },
  };
}
