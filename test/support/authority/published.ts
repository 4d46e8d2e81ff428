import { utf8 } from '../../../src/core/bytes.ts';
import type { TrustFiles } from '../../../src/core/trust/accept.ts';
import type { EpochSeconds } from '../../../src/core/units.ts';
import { demoTrust, type SignedTrust } from '../../../src/demo/demo-trust.ts';

/** The demo's trust files of `now`, as a citizen's phone fetches them: by their path below `trust`. */
export async function published(now: EpochSeconds) {
  const trust: SignedTrust = await demoTrust(now);
  return { trust: new Map(filesOf(trust)), pinnedRoot: trust.pinnedRoot };
}

function* filesOf({ bundle, lists, day }: TrustFiles & { day: string }) {
  yield ['bundle', bundle] as const;
  for (const [issuer, { list, delta }] of Object.entries(lists)) {
    yield [`lists/${issuer}/${day}`, utf8(list)] as const;
    if (delta !== undefined) yield [`deltas/${issuer}`, utf8(delta)] as const;
  }
}
