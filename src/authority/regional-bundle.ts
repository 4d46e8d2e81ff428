import type { JsonObject } from '../core/json.ts';
import type { Bundle } from '../core/trust/bundle.ts';

/** Below a static host's folder: the bundle of one region, beside the one of all. */
export const regionalBundle = (region: string): string => `bundles/${region}`;

/**
 * The bundle of all, as a region's phones get it: it pins the lists of the issuers nearby alone, so
 * that a phone need not hold a country's. All other issuers are `liveOnly` there (protocol 3.6): of
 * them only codes made seconds ago count. Issuers that have no list of their own stay as they are.
 */
export function bundleForRegion(
  all: JsonObject,
  region: string,
  near: ReadonlySet<string>,
): JsonObject {
  const issuers = (all['issuers'] as readonly JsonObject[]).map((issuer) => {
    if (near.has(String(issuer['id']))) return issuer;
    const { list, ...rest } = issuer;
    return list === undefined ? issuer : { ...rest, liveOnly: true };
  });
  return { ...all, region, issuers };
}

/** Whose lists a region's bundle was made to pin, read from the bundle itself. */
export const nearOf = ({ issuers }: Bundle): ReadonlySet<string> =>
  new Set(issuers.filter(({ liveOnly }) => !liveOnly).map(({ id }) => id));
