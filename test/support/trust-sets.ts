/** Trust sets, good and crooked, over the demo keys. */

import { type NamedKey, publicHalf, signerOf } from '../../src/authority/keys.ts';
import { signFile } from '../../src/authority/sign-file.ts';
import type { Signer } from '../../src/core/signer.ts';
import {
  type AcceptedTrust,
  acceptTrust,
  noMarks,
  type TrustFiles,
  type TrustMarks,
} from '../../src/core/trust/accept.ts';
import type { Bundle, IssuerEntry } from '../../src/core/trust/bundle.ts';
import type { Root } from '../../src/core/trust/root.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import type { TrustView } from '../../src/core/trust/view.ts';
import type { Bytes, EpochSeconds } from '../../src/core/units.ts';
import { demoTrust } from '../../src/demo/demo-trust.ts';
import { at, keys } from './passes.ts';

export const signersOf = (named: readonly NamedKey[]): Promise<Signer[]> =>
  Promise.all(named.map(signerOf));

export function payloadOf<T>(file: Bytes): T {
  const peeked = peekSignedFile(file, 1 << 20);
  if (!peeked.ok) throw new Error(peeked.error);
  return peeked.value as T;
}

let demo: ReturnType<typeof demoTrust> | undefined;
/** The demo set of `at`, made once. */
export function demoFiles(): ReturnType<typeof demoTrust> {
  demo ??= demoTrust(at);
  return demo;
}

/** The set with its bundle's payload changed and signed again. */
export async function withBundle(
  files: TrustFiles,
  change: (bundle: Bundle) => object,
  signers?: readonly Signer[],
): Promise<TrustFiles> {
  const payload = change(payloadOf<Bundle>(files.bundle));
  const by = signers ?? (await signersOf(keys.bundle));
  return { ...files, bundle: await signFile('kakou-bundle+jws', payload, by) };
}

/** The bundle with one issuer changed. */
export const withIssuer =
  (id: string, change: (issuer: IssuerEntry) => object) =>
  (bundle: Bundle): object => ({
    ...bundle,
    issuers: bundle.issuers.map((issuer) => (issuer.id === id ? change(issuer) : issuer)),
  });

export const pinnedRootOf = async (): Promise<Root> =>
  payloadOf<Root>((await demoFiles()).pinnedRoot);

/** Root `version` of a chain that changes nothing but what `over` says. */
export async function rootFile(
  version: number,
  over: Partial<Root> = {},
  signers?: readonly Signer[],
): Promise<Bytes> {
  const by = signers ?? (await signersOf(keys.root));
  return signFile('kakou-root+jws', { ...(await pinnedRootOf()), version, ...over }, by);
}

export const publicKeys = (named: readonly NamedKey[]) => named.map(publicHalf);

/** `file/problem` of a refusal, or `accepted`. */
export async function outcome(
  files: TrustFiles,
  marks: TrustMarks = noMarks,
  now: EpochSeconds | undefined = at,
): Promise<string> {
  const taken = await acceptTrust(files, marks, now);
  if (taken.ok) return 'accepted';
  return `${taken.error.file}/${taken.error.problem}`;
}

export async function accept(
  files: TrustFiles,
  marks: TrustMarks = noMarks,
  now?: EpochSeconds,
): Promise<AcceptedTrust> {
  const taken = await acceptTrust(files, marks, now);
  if (!taken.ok) throw new Error(JSON.stringify(taken.error));
  return taken.value;
}

export const viewOf = async (files: TrustFiles): Promise<TrustView> => (await accept(files)).view;
