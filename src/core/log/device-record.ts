import * as v from 'valibot';
import { isThumbprint } from '../ids.ts';
import type { PublicJwk } from '../jwk.ts';
import { err, ok, type Result } from '../result.ts';
import type { TrustProblem } from '../trust/problem.ts';
import { sha256Hex } from '../trust/shapes.ts';
import { openSignedFile } from '../trust/signed-file.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const record = v.object({
  device: name,
  /** RFC 7638 thumbprint of the device key. */
  jkt: v.pipe(v.string(), v.check(isThumbprint)),
  gate: name,
  /** Milliseconds. */
  enrolledAt: count,
  /** Entries up to this seq may lack the signature of a batch: they came before signatures were kept. */
  unsigned: count,
  /** The last entry that was forgotten by the operator's rule; seq 0 when none was. */
  forgotten: v.object({ seq: count, hash: sha256Hex }),
  /** When it was signed, in milliseconds. */
  t: count,
});
/**
 * The hub's word on a device, signed with its receipt key when the device is enrolled: who changes
 * the database alone can neither swap the device's key or gate nor call its log forgotten.
 */
export type DeviceRecord = v.InferOutput<typeof record>;

const maxBytes = 8 * 1024;

/** Opens a `kakou-device+jws` with the hub's receipt keys, one of which must have signed. */
export async function openDeviceRecord(
  file: Uint8Array,
  keys: readonly PublicJwk[],
): Promise<Result<DeviceRecord, TrustProblem>> {
  const rules = { typ: 'kakou-device+jws', keys, threshold: 1, maxBytes } as const;
  const opened = await openSignedFile(file, rules);
  if (!opened.ok) return opened;
  const parsed = v.safeParse(record, opened.value);
  return parsed.success ? ok(parsed.output) : err('bad-shape');
}
