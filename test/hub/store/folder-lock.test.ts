import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderInUse, lockFolder } from '../../../src/hub/store/folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the lock on the data folder', () => {
  it('is gone once let go', () => {
    lockFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes a folder that is not there', () => {
    lockFolder(join(folder, 'a/b'));
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['hub.pid']);
  });

  it('keeps a second hub out while the first one lives', () => {
    writeFileSync(join(folder, 'hub.pid'), String(process.ppid));
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
  });

  it.each(['999999999', 'garbage', ''])('is taken over from a hub that was killed (%j)', (pid) => {
    writeFileSync(join(folder, 'hub.pid'), pid);
    expect(() => lockFolder(folder)).not.toThrow();
  });
});
