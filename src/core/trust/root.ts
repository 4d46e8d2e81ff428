import * as v from 'valibot';
import type { PublicJwk } from '../jwk.ts';
import { limits } from '../limits.ts';
import { err, ok, type Result } from '../result.ts';
import { trustKey } from './bundle.ts';
import { isBeyond, knownItems } from './growth.ts';
import type { TrustProblem } from './problem.ts';
import { openSignedFile, peekSignedFile } from './signed-file.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const root = v.object({
  version: count,
  exp: v.pipe(v.number(), v.safeInteger()),
  threshold: count,
  keys: knownItems(trustKey),
  bundleThreshold: count,
  bundleKeys: knownItems(trustKey),
});
/** Who may sign the next root, and who may sign bundles: protocol 3.1 (TUF 1.0.34 root role). */
export type Root = v.InferOutput<typeof root> & {
  /** It, or one before it, asks for a newer app (`crit`): nothing is decided by it. Protocol 10. */
  readonly outdated?: true;
};

/** Opens a root that is trusted for what it is (pinned in the app): checks shape and its own threshold. */
export async function openPinnedRoot(file: Uint8Array): Promise<Result<Root, TrustProblem>> {
  const peeked = readRoot(peekSignedFile(file, limits.rootBytes));
  return peeked.ok ? verifyBy(file, peeked.value) : peeked;
}

/**
 * Accepts root N+1 after root N: signed by the thresholds of N *and* of N+1, version exactly N+1.
 * Expiry of an intermediate root does not matter (TUF 5.3.10 checks only the last); the caller
 * checks the last one's.
 */
export async function acceptNextRoot(
  current: Root,
  file: Uint8Array,
): Promise<Result<Root, TrustProblem>> {
  const byCurrent = await verifyBy(file, current);
  if (!byCurrent.ok) return byCurrent;
  const next = byCurrent.value;
  if (next.version < current.version) return err('rolled-back');
  if (next.version !== current.version + 1) return err('version-gap');
  const byNext = await verifyBy(file, next);
  return byNext.ok && current.outdated ? ok({ ...byNext.value, outdated: true }) : byNext;
}

/** One name for a set of keys, whatever their order: tells whether a root changed them. */
export const keySetName = (keys: readonly PublicJwk[]): string => keys.map(nameOf).sort().join(' ');

async function verifyBy(file: Uint8Array, by: Root): Promise<Result<Root, TrustProblem>> {
  return readRoot(
    await openSignedFile(file, {
      typ: 'kakou-root+jws',
      keys: by.keys,
      threshold: by.threshold,
      maxBytes: limits.rootBytes,
    }),
  );
}

function readRoot(payload: Result<unknown, TrustProblem>): Result<Root, TrustProblem> {
  if (!payload.ok) return payload;
  const parsed = v.safeParse(root, payload.value);
  const beyond = isBeyond(payload.value);
  if (!parsed.success) return err(beyond ? 'app-outdated' : 'bad-shape');
  const { keys, threshold, bundleKeys, bundleThreshold } = parsed.output;
  const enough = distinct(keys) >= threshold && distinct(bundleKeys) >= bundleThreshold;
  if (!enough) return err(beyond ? 'app-outdated' : 'bad-shape');
  return ok({ ...parsed.output, ...(beyond && { outdated: true as const }) });
}

const nameOf = (key: PublicJwk): string => `${key.x}.${key.y}`;
const distinct = (keys: readonly PublicJwk[]): number => new Set(keys.map(nameOf)).size;
