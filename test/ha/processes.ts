import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** PostgreSQL refuses root, so root lends it `nobody`. */
export const lent = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

export function folderFor(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { mode: 0o700 });
  if (lent.uid !== undefined) chownSync(folder, lent.uid, lent.gid);
  return folder;
}

const ending: (() => readonly number[])[] = [];
process.on('exit', () => {
  for (const pids of ending) signal(pids(), 'SIGKILL');
});

/** These end with us. */
export const atExit = (pids: () => readonly number[]): void => void ending.push(pids);

/** Starts a program that says what it says into a file of its folder. */
export function run(program: string, args: readonly string[], folder: string): ChildProcess {
  const said = openSync(join(folder, 'said'), 'a');
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' };
  const child = spawn(program, args, { ...lent, cwd: folder, env, stdio: ['ignore', said, said] });
  child.on('error', () => undefined); // it is not there: nobody will answer
  atExit(() => treeOf([child.pid]));
  return child;
}

/** These processes and all that they began. */
export function treeOf(roots: readonly (number | undefined)[]): number[] {
  const found = new Set(roots.filter((pid) => pid !== undefined));
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [pid = 0, parent = 0] of pairs) if (found.has(parent)) found.add(pid);
  }
  const alive = new Set(pairs.map(([pid]) => pid));
  return [...found].filter((pid) => alive.has(pid));
}

export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // it has ended by itself
    }
  }
}
