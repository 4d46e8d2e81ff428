import * as v from 'valibot';
import type { PublicJwk } from '../jwk.ts';
import { err, ok, type Result } from '../result.ts';
import { isBeyond } from '../trust/growth.ts';
import type { TrustProblem } from '../trust/problem.ts';
import { sha256Hex } from '../trust/shapes.ts';
import { openSignedFile } from '../trust/signed-file.ts';

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const receipt = v.object({
  device: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  seq: seconds,
  head: sha256Hex,
  t: seconds,
});
/** The hub's word that it holds a device's log through `seq`, whose hash is `head`: protocol 7. */
export type Receipt = v.InferOutput<typeof receipt>;

/** What of a receipt tells an old one from a new one. A cursor kept by an older app has no `t`. */
export type ReceiptAge = Pick<Receipt, 'seq'> & { readonly t?: number };

/** Seconds by which the clocks of a hub's replicas may differ, and the hub's from ours. */
export const receiptSkewS = 60;

/**
 * An old receipt sent again: it holds no more of the log than the one known, and was signed clearly
 * before it. It says nothing about now.
 */
export const isOutdated = (next: ReceiptAge, known: ReceiptAge | undefined): boolean =>
  known !== undefined && next.seq <= known.seq && (next.t ?? 0) + receiptSkewS < (known.t ?? 0);

/**
 * Whether a receipt takes the place of the one known: the hub holds more of the log, or says later
 * that it holds as much, or less (it was restored from an older backup): protocol 7.
 */
export function supersedes(next: ReceiptAge, known: ReceiptAge | undefined): boolean {
  if (!known || isOutdated(next, known)) return !known;
  return next.seq > known.seq || (next.t ?? 0) > (known.t ?? 0);
}

const maxBytes = 8 * 1024;

/**
 * Opens a `kakou-receipt+jws` with the receipt keys of the trust bundle, one of which must have
 * signed. Whether it is about this device, and about an entry this log has, is for the caller.
 */
export async function openReceipt(
  file: Uint8Array,
  keys: readonly PublicJwk[],
): Promise<Result<Receipt, TrustProblem>> {
  const opened = await openSignedFile(file, {
    typ: 'kakou-receipt+jws',
    keys,
    threshold: 1,
    maxBytes,
  });
  return opened.ok ? parseReceipt(opened.value) : opened;
}

/** Checks the shape of a receipt's payload; who signed it is for the caller. */
export function parseReceipt(payload: unknown): Result<Receipt, TrustProblem> {
  if (isBeyond(payload)) return err('app-outdated');
  const parsed = v.safeParse(receipt, payload);
  return parsed.success ? ok(parsed.output) : err('bad-shape');
}
