import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromUtf8, utf8 } from '../../../core/bytes.ts';
import { acceptTrust, type TrustMarks, type TrustRefusal } from '../../../core/trust/accept.ts';
import type { ListFiles } from '../../../core/trust/lists/lists.ts';
import type { Bytes } from '../../../core/units.ts';
import { refusal } from '../../../node/command-error.ts';
import { type FolderFiles, peekBundle } from '../../trust-folder.ts';
import { type Desk, openRoots, trustFiles } from '../desk.ts';
import { parseState, type State, stateFile, stateText } from './authority-file.ts';
import { exclusively, type Output, writeAll } from './folder.ts';

/** What was done, for a program that asks (`--json`): names that stay, times in seconds, no private key. */
export type Facts = Readonly<Record<string, unknown>>;

/** What a command wants: the next state, further files, and what it says, in words and as facts. */
export interface Change {
  readonly state: State;
  readonly outputs?: readonly Output[];
  readonly say: readonly string[];
  readonly facts: Facts;
}

/** Which files a command writes, for `--json`. */
export const filesOf = (outputs: readonly Output[] = []): Facts => ({
  files: outputs.map(({ path, secret }) => ({ path, secret: secret !== undefined })),
});

/**
 * The one place where an authority's folder changes. Everything is held against the scanner's own
 * code first, as a phone would that has what was published before; then it is all written, or none.
 */
export async function commit(desk: Desk, change: Change, dryRun: boolean): Promise<void> {
  const outputs = change.outputs ?? [];
  const marks = await acceptedMarks(desk, outputs);
  const text = stateText({ ...change.state, marks });
  parseState(text);
  if (dryRun) return;
  await exclusively(desk.dir, async () => {
    if ((await readFile(join(desk.dir, stateFile), 'utf8')) !== desk.stateText) {
      throw refusal(`${stateFile} was changed meanwhile; nothing was written`);
    }
    await writeAll(desk.dir, [...outputs, { path: stateFile, content: text }]);
  });
}

async function acceptedMarks(desk: Desk, outputs: readonly Output[]): Promise<TrustMarks> {
  const next = overlaid(desk.published, outputs);
  const root = await openRoots(next.roots);
  if (desk.now >= root.exp) throw refusal(`root ${root.version} has expired; see rotate-root`);
  const files = trustFiles(next);
  if (!files) return { ...desk.marks, root: root.version };
  const isNew = files.bundle !== desk.published.bundle;
  const accepted = await acceptTrust(files, desk.marks, isNew ? desk.now : undefined);
  if (!accepted.ok) throw refused(accepted.error);
  for (const { path, content } of outputs) {
    if (!path.startsWith('public/v1/bundles/')) continue;
    const there = await acceptTrust({ ...files, bundle: bytesOf(content) }, desk.marks, desk.now);
    if (!there.ok) throw refused(there.error, path);
  }
  return accepted.value.marks;
}

function refused({ file, issuer, problem }: TrustRefusal, path?: string): Error {
  const what = [file, issuer, path].filter(Boolean).join(' of ');
  return refusal(`phones would refuse the ${what}: ${problem}; nothing was written`);
}

/** What is published with the new files laid over it. */
function overlaid(published: FolderFiles, outputs: readonly Output[]): FolderFiles {
  const files = new Map(outputs.map(({ path, content }) => [path, content]));
  const roots = [...published.roots];
  const added = files.get(`public/v1/root/${roots.length + 1}`);
  if (added !== undefined) roots.push(bytesOf(added));
  const newBundle = files.get('public/v1/bundle');
  const bundle = newBundle === undefined ? published.bundle : bytesOf(newBundle);
  if (!bundle) return { ...published, roots };
  const lists: Record<string, ListFiles> = {};
  for (const { id, list: pin } of peekBundle(bundle)?.issuers ?? []) {
    if (!pin) continue;
    const list = files.get(`public/v1/lists/${id}/${pin.day}`) ?? published.lists[id]?.list;
    const delta = files.get(`public/v1/deltas/${id}`) ?? published.lists[id]?.delta;
    if (list === undefined) continue;
    const text = { list: textOf(list) };
    lists[id] = pin.delta && delta !== undefined ? { ...text, delta: textOf(delta) } : text;
  }
  return { roots, bundle, lists };
}

const bytesOf = (content: Bytes | string): Bytes =>
  typeof content === 'string' ? utf8(content) : content;
const textOf = (content: Bytes | string): string =>
  typeof content === 'string' ? content : (fromUtf8(content) ?? '');
