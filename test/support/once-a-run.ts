import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const variable = 'KAKOU_TEST_RUN';
const patienceMs = 240_000;

/** The folder of this run, which every worker of it knows; outside of a run one of this process. */
export function runFolder(): string {
  const given = process.env[variable];
  if (given) return given;
  const { folder, remove } = beginRun();
  process.once('exit', remove);
  return folder;
}

/** Names the folder of a run and tells every process started from here on; it is made when first wanted. */
export function beginRun(): { readonly folder: string; remove(): void } {
  const folder = join(tmpdir(), `kakou-run-${randomUUID()}`);
  process.env[variable] = folder;
  return {
    folder,
    remove() {
      delete process.env[variable];
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * What is dear and the same for every test is made by the first that wants it, in whatever worker,
 * and found by the others: a built page, a database to copy. Nobody may change it afterwards.
 * Returns its folder; `name` is the thing's own and no other's.
 */
export async function onceARun(
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(runFolder(), 'once', name);
  const [done, failed] = [`${folder}.done`, `${folder}.failed`];
  if (existsSync(done)) return folder;
  if (isFirst(folder)) {
    try {
      await make(folder);
      writeFileSync(done, '');
      return folder;
    } catch (error) {
      writeFileSync(failed, String(error));
      throw error;
    }
  }
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(50)) {
    if (existsSync(done)) return folder;
    if (existsSync(failed)) throw new Error(`${name}: ${readFileSync(failed, 'utf8')}`);
  }
  throw new Error(`${name}: whoever makes it is not done after ${patienceMs / 1000} s`);
}

function isFirst(folder: string): boolean {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
