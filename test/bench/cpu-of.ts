import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second (`getconf CLK_TCK`). */
const tickMs = 10;

/** Milliseconds of CPU a process and its children, the ended ones too, have used; NaN where there is no /proc. */
export function cpuMs(root: number): number {
  const own = statOf(root);
  if (!own) return Number.NaN;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === root);
  const running = children.reduce((sum, { ticks }) => sum + ticks, 0);
  return (own.ticks + own.endedTicks + running) * tickMs;
}

/** proc_pid_stat(5), counted from after the name, which may hold anything. */
function statOf(pid: number) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const at = (index: number) => Number(fields[index - 3]);
    return { parent: at(4), ticks: at(14) + at(15), endedTicks: at(16) + at(17) };
  } catch {
    return undefined;
  }
}
