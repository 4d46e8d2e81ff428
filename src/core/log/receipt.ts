import * as v from 'valibot';
import { err, ok, type Result } from '../result.ts';
import type { PublicJwk } from '../trust/bundle.ts';
import type { TrustProblem } from '../trust/problem.ts';
import { openSignedFile } from '../trust/signed-file.ts';

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const receipt = v.strictObject({
  device: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  seq: seconds,
  head: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  t: seconds,
});
/** The hub's word that it holds a device's log through `seq`, whose hash is `head`: protocol 7. */
export type Receipt = v.InferOutput<typeof receipt>;

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
  const parsed = v.safeParse(receipt, payload);
  return parsed.success ? ok(parsed.output) : err('bad-shape');
}
