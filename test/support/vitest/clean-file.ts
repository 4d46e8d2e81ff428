import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { whenFailed } from '../when-failed.ts';

// Files share a process, so none may leave anything behind for the next.
if (typeof document !== 'undefined') {
  const { cleanup } = await import('@testing-library/react');
  afterEach(cleanup);
}
const before = cpuMs();
let meta: object = {};
beforeEach(({ task, onTestFailed }) => {
  meta = task.file.meta;
  onTestFailed(async () => void (await Promise.all([...whenFailed].map((tell) => tell()))));
});
afterAll(() => {
  Object.assign(meta, { cpuMs: cpuMs() - before });
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.resetConfig();
});

/** CPU time so far of this worker and of the processes it has waited for, where the system tells. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  let children = 0;
  try {
    // after the name in brackets: fields 16 and 17, in ticks of 10 ms (proc(5))
    const [, fields = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
    const [own, theirs] = fields.split(' ').slice(13, 15).map(Number);
    children = ((own ?? 0) + (theirs ?? 0)) * 10;
  } catch {} // not Linux
  return (user + system) / 1000 + children;
}
