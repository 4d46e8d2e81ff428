import type { Leader } from '../ports/world.ts';

/** One leader among the tabs by Web Locks; among the callers of this page where there are none. */
export function createLeader(locks: LockManager | undefined): Leader {
  return locks ? { run: (name, task) => runLocked(locks, name, task) } : inThisPage();
}

function runLocked(locks: LockManager, name: string, task: () => Promise<void>): Promise<boolean> {
  return locks.request(`kakou:${name}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await task();
    return true;
  });
}

function inThisPage(): Leader {
  const running = new Set<string>();
  return {
    async run(name, task) {
      if (running.has(name)) return false;
      running.add(name);
      try {
        await task();
        return true;
      } finally {
        running.delete(name);
      }
    },
  };
}
