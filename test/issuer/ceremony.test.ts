import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPinnedRoot } from '../../src/core/trust/root.ts';
import { init } from '../../src/issuer/ceremony-init.ts';
import { pinnedRoot } from '../../src/issuer/keys.ts';

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'kakou-keys-'));
});
afterEach(() => rm(out, { recursive: true }));

const options = { now: 1_800_000_000, demo: false, dryRun: false, issuers: [], print() {} };

test('the root in keys/ verifies, needs two of three and lasts past 2035', async () => {
  const root = await openPinnedRoot(pinnedRoot());
  expect(root).toMatchObject({ ok: true, value: { version: 1, threshold: 2 } });
  expect(root.ok && root.value.exp).toBeGreaterThan(Date.UTC(2036) / 1000);
});

test('private keys come one file per holder, readable by the owner only', async () => {
  await init({ ...options, out, issuers: ['CN-TJ'] });
  const files = await readdir(join(out, 'private'));
  expect(files.sort()).toEqual(
    ['CN-TJ', 'bundle-1', 'hub', 'root-1', 'root-2', 'root-3'].map((name) => `${name}.json`),
  );
  for (const file of files) {
    expect((await stat(join(out, 'private', file))).mode & 0o777).toBe(0o600);
  }
  const root = await readFile(join(out, 'root.1.json'), 'utf8');
  expect(root).not.toContain('"d"');
  expect((await openPinnedRoot(new TextEncoder().encode(root))).ok).toBe(true);
});

test('nothing is ever overwritten, and a refusal leaves nothing behind', async () => {
  await init({ ...options, out });
  const before = await readFile(join(out, 'root.1.json'));
  await rm(join(out, 'private'), { recursive: true });
  await expect(init({ ...options, out })).rejects.toThrow('exists');
  expect(await readFile(join(out, 'root.1.json'))).toEqual(before);
  expect(await readdir(out)).toEqual(['root.1.json']);
});

test('private keys are never written inside a git work tree', async () => {
  await mkdir(join(out, '.git'));
  await expect(init({ ...options, out: join(out, 'a', 'b') })).rejects.toThrow('git work tree');
  expect(await readdir(out)).toEqual(['.git']);
});

test('a dry run writes nothing', async () => {
  await init({ ...options, out, dryRun: true });
  expect(await readdir(out)).toEqual([]);
});

test('an issuer name cannot lead out of the folder', async () => {
  await expect(init({ ...options, out, issuers: ['../CN'] })).rejects.toThrow('no issuer code');
});

test('demo keys say first of all that they are worthless', async () => {
  await init({ ...options, out, demo: true });
  const text = await readFile(join(out, 'demo-private.json'), 'utf8');
  expect(Object.keys(JSON.parse(text))[0]).toBe('WARNING');
  expect(text).toContain('DEMO KEYS. The private halves are public.');
});
