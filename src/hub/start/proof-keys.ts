import { join } from 'node:path';
import { type NamedKey, publicHalf, signerOf } from '../../authority/keys.ts';
import { signFile } from '../../authority/sign-file.ts';
import { peekBundle } from '../../authority/trust-folder.ts';
import { fromUtf8 } from '../../core/bytes.ts';
import type { PublicJwk } from '../../core/jwk.ts';
import type { Signer } from '../../core/signer.ts';
import type { Bundle } from '../../core/trust/bundle.ts';
import { demoKeys } from '../../demo/demo-keys.ts';
import { CommandError, usageError } from '../../node/command-error.ts';
import type { ReadFile } from '../../node/read-files.ts';
import { readHubKeys } from '../publish/hub-keys.ts';
import type { SignDevice } from '../store/proof/device-record.ts';

/** `--trust DIR…` or `--demo`: whose receipts and words on devices are believed. */
export const trustOptions = {
  trust: { type: 'string', multiple: true },
  demo: { type: 'boolean' },
} as const;

/** The receipt keys of every folder named, the newest and those of before; undefined without any. */
export function receiptKeys(
  values: { readonly trust?: string[] | undefined; readonly demo?: boolean | undefined },
  readFile: ReadFile,
): readonly PublicJwk[] | undefined {
  if (values.demo) return [publicHalf(demoKeys().receipt)];
  if (!values.trust?.length) return undefined;
  return values.trust
    .map((folder) => readBundle(folder, readFile))
    .flatMap(({ hub }) => hub.receiptKeys);
}

/** As a static host serves it, or in the folder itself. */
function readBundle(folder: string, readFile: ReadFile): Bundle {
  for (const file of [join(folder, 'v1', 'bundle'), join(folder, 'bundle')]) {
    const bundle = peekIfThere(file, readFile);
    if (bundle) return bundle;
  }
  throw new CommandError(`${folder} holds no published trust set`);
}

function peekIfThere(file: string, readFile: ReadFile): Bundle | undefined {
  try {
    return peekBundle(new Uint8Array(readFile(file)));
  } catch {
    return undefined;
  }
}

/** `--hub-keys FILE` or `--demo`: what signs for the hub. */
export const signOptions = { 'hub-keys': { type: 'string' }, demo: { type: 'boolean' } } as const;

export interface HubSigner {
  readonly sign: SignDevice;
  readonly keys: readonly PublicJwk[];
}

interface SignValues {
  readonly 'hub-keys'?: string | undefined;
  readonly demo?: boolean | undefined;
}

function receiptKey(
  { 'hub-keys': file, demo }: SignValues,
  readFile: ReadFile,
): NamedKey | undefined {
  if (file !== undefined && demo) throw usageError('--hub-keys and --demo exclude each other');
  if (file !== undefined) return readHubKeys(file, readFile).receipt;
  return demo ? demoKeys().receipt : undefined;
}

/** Reads the key at once, and makes the signer of it when asked; undefined where none was named. */
export function hubSigner(
  values: SignValues,
  readFile: ReadFile,
): (() => Promise<HubSigner>) | undefined {
  const key = receiptKey(values, readFile);
  return key && (() => signerWith(key));
}

/** The hub's receipt key itself; undefined where the operator named none. */
export function receiptSigner(
  values: SignValues,
  readFile: ReadFile,
): (() => Promise<Signer>) | undefined {
  const key = receiptKey(values, readFile);
  return key && (() => signerOf(key));
}

async function signerWith(key: NamedKey): Promise<HubSigner> {
  const signer = await signerOf(key);
  return {
    sign: async (record) => fromUtf8(await signFile('kakou-device+jws', record, [signer])) ?? '',
    keys: [publicHalf(key)],
  };
}
