import * as v from 'valibot';
import type { PublicJwk } from '../jwk.ts';
import { err, ok, type Result } from '../result.ts';
import { type EpochSeconds, epochSeconds } from '../units.ts';
import { isBeyond } from './growth.ts';
import type { TrustProblem } from './problem.ts';
import { openSignedFile } from './signed-file.ts';

const time = v.object({
  t: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  nonce: v.string(),
  bundleVersion: v.pipe(v.number(), v.safeInteger()),
  bundleSha256: v.string(),
  exp: v.pipe(v.number(), v.safeInteger()),
});

/** The hub's signed word on what time it is: protocol 5.1. */
export interface SignedTime {
  readonly t: EpochSeconds;
  readonly bundleVersion: number;
  readonly bundleSha256: string;
  /** The time key that signed it. */
  readonly key: PublicJwk;
}

/** Bytes of a time file; the real ones are under 1 KB. */
const maxBytes = 4096;

/** Opens a `kakou-time+jws` signed by a hub time key that echoes our own nonce (base64url, 128 bits). */
export async function openSignedTime(
  file: Uint8Array,
  { keys, nonce }: { readonly keys: readonly PublicJwk[]; readonly nonce: string },
): Promise<Result<SignedTime, TrustProblem>> {
  let opened: Result<SignedTime, TrustProblem> = err('below-threshold');
  for (const key of keys) {
    opened = await openBy(file, key, nonce);
    if (opened.ok || opened.error !== 'below-threshold') break;
  }
  return opened;
}

/** One key at a time, to know whose word it is. */
async function openBy(
  file: Uint8Array,
  key: PublicJwk,
  nonce: string,
): Promise<Result<SignedTime, TrustProblem>> {
  const rules = { typ: 'kakou-time+jws', keys: [key], threshold: 1, maxBytes } as const;
  const payload = await openSignedFile(file, rules);
  if (!payload.ok) return payload;
  if (isBeyond(payload.value)) return err('app-outdated');
  const parsed = v.safeParse(time, payload.value);
  if (!parsed.success) return err('bad-shape');
  const { t, exp, bundleVersion, bundleSha256 } = parsed.output;
  if (parsed.output.nonce !== nonce) return err('nonce-mismatch');
  if (exp !== t + 3600) return err('lifetime');
  return ok({ t: epochSeconds(t), bundleVersion, bundleSha256, key });
}
