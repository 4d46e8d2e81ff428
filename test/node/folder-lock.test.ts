import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FolderInUse, lockFolder } from '../../src/node/folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const holder = `
  import { lockFolder } from './src/node/folder-lock.ts';
  lockFolder(process.argv[1]);
  console.log('held');
  setInterval(() => {}, 1000);`;

/** Another process that holds the folder. */
async function another(): Promise<ChildProcess> {
  const args = ['--import', 'tsx', '--input-type=module', '-e', holder, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

describe('the lock on the data folder', () => {
  it('lets the next one in once it is let go', () => {
    lockFolder(folder)();
    lockFolder(folder)();
  });

  it('makes a folder that is not there', () => {
    const release = lockFolder(join(folder, 'a/b'));
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['hub.lock']);
    release();
  });

  it('keeps a second one out, even of the same process id, as two containers have', () => {
    const release = lockFolder(folder);
    writeFileSync(join(folder, 'hub.pid'), String(process.pid));
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    release();
  });

  it('is held as long as its process lives, and gone the moment that is killed', async () => {
    const other = await another();
    for (const name of ['hub.pid', 'hub.lock']) writeFileSync(join(folder, name), '999999999');
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    other.kill('SIGKILL');
    await vi.waitFor(() => lockFolder(folder)(), { timeout: 10_000 });
  });

  it.each([String(process.ppid), '1', '999999999', 'garbage', ''])(
    'is not refused by what a hub of before wrote down (%j), though such a process lives',
    (pid) => {
      for (const name of ['hub.pid', 'hub.lock']) writeFileSync(join(folder, name), pid);
      lockFolder(folder)();
      expect(readdirSync(folder)).toEqual(['hub.lock']);
    },
  );
});
