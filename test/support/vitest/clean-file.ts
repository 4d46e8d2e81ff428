import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { whenFailed } from '../when-failed.ts';

// Files share a process, so none may leave anything behind for the next.
if (typeof document !== 'undefined') {
  const { cleanup } = await import('@testing-library/react');
  afterEach(cleanup);
}
/** Fields of proc(5)'s stat, user and system time, counted after the name in brackets. */
const own = [11, 12] as const;
const ended = [13, 14] as const;
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

/** CPU time so far of this worker, of the processes it started and of theirs, where the system tells. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + 10 * (ticks('self', ended) + living('self'));
}

function ticks(process: number | 'self', fields: readonly number[]): number {
  const [, stat = ''] = read(`/proc/${process}/stat`).split(') ');
  return fields.map((field) => Number(stat.split(' ')[field] ?? 0)).reduce((a, b) => a + b);
}

function living(process: number | 'self'): number {
  const id = process === 'self' ? globalThis.process.pid : process;
  return threads(id)
    .flatMap((thread) => read(`/proc/${id}/task/${thread}/children`).split(' '))
    .filter(Boolean)
    .map(Number)
    .map((child) => ticks(child, [...own, ...ended]) + living(child))
    .reduce((a, b) => a + b, 0);
}

function threads(id: number): readonly string[] {
  try {
    return readdirSync(`/proc/${id}/task`);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // not Linux, or ended meanwhile
  }
}
