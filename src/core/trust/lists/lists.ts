import { sha256Hex, utf8 } from '../../bytes.ts';
import { type CompactJws, parseCompactJws, verifyCompactJws } from '../../jws.ts';
import { limits } from '../../limits.ts';
import { err, ok, type Result } from '../../result.ts';
import { importPublicKey } from '../../suite.ts';
import type { Bundle, IssuerEntry, ListPin } from '../bundle.ts';
import type { TrustProblem } from '../problem.ts';
import { applyDelta, readStatusList, type StatusList } from './status-list.ts';

/** An issuer's list as published: the day's full list and the one delta since. */
export interface ListFiles {
  /** `statuslist+jwt`. */
  readonly list: string;
  /** `kakou-delta+jwt`, when the bundle pins one. */
  readonly delta?: string;
}

/**
 * Opens the list the bundle pins: length and SHA-256 first, then the issuer's signature by a key
 * allowed to sign lists, then the content (protocol 3.3). The key's window is judged at the bundle's
 * own time, so that a set opens the same way whenever it is read.
 */
export async function openList(
  issuer: IssuerEntry,
  pin: ListPin,
  files: ListFiles | undefined,
  bundle: Bundle,
): Promise<Result<StatusList, TrustProblem>> {
  if (!files) return err('missing');
  const full = await openPinned(files.list, pin, 'statuslist', issuer, bundle);
  if (!full.ok) return full;
  const list = await readStatusList(full.value, pin);
  if (!list.ok || !pin.delta) return notAhead(list, bundle);
  if (files.delta === undefined) return err('missing');
  const delta = await openPinned(files.delta, pin.delta, 'kakou-delta', issuer, bundle);
  return delta.ok ? notAhead(await applyDelta(list.value, delta.value, pin), bundle) : delta;
}

/** A list was there before the bundle that pins it: one dated ahead would never grow too old. */
const notAhead = (
  list: Result<StatusList, TrustProblem>,
  { iat }: Bundle,
): Result<StatusList, TrustProblem> =>
  list.ok && list.value.iat > iat + limits.skewS ? err('lifetime') : list;

async function openPinned(
  text: string,
  pin: { readonly length: number; readonly sha256: string },
  typ: 'statuslist' | 'kakou-delta',
  issuer: IssuerEntry,
  bundle: Bundle,
): Promise<Result<CompactJws, TrustProblem>> {
  if (text.length > limits.listBytes) return err('too-large');
  if (text.length !== pin.length) return err('pin-mismatch');
  if ((await sha256Hex(utf8(text))) !== pin.sha256) return err('pin-mismatch');
  const jws = parseCompactJws(text);
  if (!jws) return err('not-canonical');
  if (jws.header.typ !== `${typ}+jwt`) return err('wrong-type');
  const key = issuer.keys.find(({ kid }) => kid === jws.header.kid);
  const isInWindow = key && bundle.iat >= key.nbf && bundle.iat < key.exp;
  if (!isInWindow || !key.typs.includes(typ)) return err('unknown-key');
  // a key that is not a point on the curve signs nothing
  const imported = await importPublicKey(key.jwk).catch(() => undefined);
  if (!imported) return err('unknown-key');
  return (await verifyCompactJws(jws, imported)) ? ok(jws) : err('bad-signature');
}
