import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exclusively, finish, type Output, writeAll } from '../authority/ceremony/files/folder.ts';
import { generateKey, type IssuerKeys, publicHalf, signerOf } from '../authority/keys.ts';
import { dayOf } from '../authority/lists/pins.ts';
import { signFile } from '../authority/sign-file.ts';
import { peekBundle, readFolder } from '../authority/trust-folder.ts';
import { limits } from '../core/limits.ts';
import { acceptTrust, noMarks } from '../core/trust/accept.ts';
import { openPinnedRoot, type Root } from '../core/trust/root.ts';
import { type EpochSeconds, epochSeconds } from '../core/units.ts';
import { refusal } from '../node/command-error.ts';
import { demoIssuers } from './demo-issuers.ts';
import { demoKeys, pinnedRoot } from './demo-keys.ts';
import { demoTrust, type SignedTrust } from './demo-trust.ts';

const warning =
  'DEMO KEYS. The private halves are public. Never use them for anything real: ' +
  'anybody can sign passes, lists and bundles with them.';

export interface DemoOptions {
  readonly dir: string;
  readonly now: EpochSeconds;
  readonly dryRun: boolean;
}

/** Makes a demo root good for ten years and one file with every private key, for all to see. */
export async function demoInit({ dir, now, dryRun }: DemoOptions): Promise<string[]> {
  const taken = ['root.1.json', 'demo-private.json'].find((name) => existsSync(join(dir, name)));
  if (taken) throw refusal(`${join(dir, taken)} exists; nothing was written`);
  const outputs = await demoFiles(now + 10 * 365 * 24 * 3600);
  if (!dryRun) await writeAll(resolve(dir), outputs);
  return outputs.map(({ path, secret }) => `${secret ? 'secret' : 'public'}  ${join(dir, path)}`);
}

async function demoFiles(exp: number): Promise<Output[]> {
  const root = await Promise.all(['root-1', 'root-2', 'root-3'].map(generateKey));
  const bundle = [await generateKey('bundle-1')];
  const issuers: Record<string, IssuerKeys> = {};
  for (const { id } of demoIssuers) {
    const [live, credential, paper, list] = [
      await generateKey('l1'),
      await generateKey('c1'),
      await generateKey('p1'),
      await generateKey('s1'),
    ];
    issuers[id] = { live, credential, paper, list };
  }
  const payload: Root = {
    version: 1,
    exp,
    threshold: 2,
    keys: root.map(publicHalf),
    bundleThreshold: 1,
    bundleKeys: bundle.map(publicHalf),
  };
  const file = await signFile('kakou-root+jws', payload, await Promise.all(root.map(signerOf)));
  const opened = await openPinnedRoot(file);
  if (!opened.ok) throw refusal(`phones would refuse the root: ${opened.error}`);
  const secrets = {
    WARNING: warning,
    root,
    bundle,
    receipt: await generateKey('receipt-1'),
    time: await generateKey('time-1'),
    issuers,
    holder: await generateKey('h1'),
  };
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  return [
    { path: 'root.1.json', content: file },
    { path: 'demo-private.json', content: text, secret: 'new' },
  ];
}

/** Writes a trust set of this repository's demo keys the way a static host serves it: protocol 8. */
export async function demoPublish({ dir, now, dryRun }: DemoOptions): Promise<string[]> {
  const set = await demoTrust(now);
  const accepted = await acceptTrust(set, noMarks, now);
  if (!accepted.ok) {
    throw refusal(`phones would refuse the ${accepted.error.file}: ${accepted.error.problem}`);
  }
  const outputs = outputsOf(set);
  if (!dryRun) await writeAll(resolve(dir), outputs);
  return outputs.map(({ path }) => join(dir, path));
}

function outputsOf(set: SignedTrust, kept?: string): Output[] {
  const outputs: Output[] = [
    { path: 'v1/root/1', content: set.pinnedRoot },
    { path: 'v1/bundle', content: set.bundle },
  ];
  for (const [issuer, { list, delta }] of Object.entries(set.lists)) {
    if (issuer === kept) continue;
    outputs.push({ path: `v1/lists/${issuer}/${set.day}`, content: list });
    if (delta !== undefined) outputs.push({ path: `v1/deltas/${issuer}`, content: delta });
  }
  return outputs;
}

/** Signed anew at the latest after so many seconds. */
const renewS = limits.bundleS / 2;

/** Whether a published demo set is to be signed anew: another day, half its life, another root. */
export async function isDemoSetOld(dir: string, now: EpochSeconds, kept: string): Promise<boolean> {
  const { roots, bundle } = await readFolder(dir);
  const known = bundle && peekBundle(bundle);
  const isOurs = roots[0] !== undefined && Buffer.compare(roots[0], pinnedRoot()) === 0;
  if (!known || !isOurs || now - known.iat >= renewS) return true;
  return known.issuers.some(({ id, list }) => id !== kept && list && list.day < dayOf(now));
}

/**
 * The demo's set with one issuer's list as it lies there: a service keeps that one, and what it has
 * revoked must not come back. A list that is lost, or that phones would refuse, is made anew with all the rest.
 */
export async function renewDemoSet(dir: string, now: EpochSeconds, kept: string): Promise<void> {
  await exclusively(dir, async () => {
    await finish(dir);
    const before = await readFolder(dir);
    const known = before.bundle && peekBundle(before.bundle);
    const pin = known?.issuers.find(({ id }) => id === kept)?.list;
    const files = before.lists[kept];
    const at = epochSeconds(Math.max(now, (known?.version ?? 0) + 1));
    const list = pin && files && { issuer: kept, pin, files };
    const withIt = list && (await demoTrust(at, demoKeys(), list));
    if (withIt && (await acceptTrust(withIt, noMarks, at)).ok)
      return writeAll(dir, outputsOf(withIt, kept));
    const anew = await demoTrust(at);
    if (!(await acceptTrust(anew, noMarks, at)).ok)
      throw refusal('phones would refuse the demo set');
    return writeAll(dir, outputsOf(anew));
  });
}
