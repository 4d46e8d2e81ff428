import type { TrustView } from '../../src/core/trust/view.ts';
import { epochMillis } from '../../src/core/units.ts';
import type { VerifyContext } from '../../src/core/verify/pipeline.ts';
import type { Temperature } from '../../src/core/verify/venue-rules.ts';
import type { Reason, VerdictState } from '../../src/core/verify/verdict.ts';

/** One line of `test/vectors/passes.json`: a text, where and when it is shown, and its own verdict. */
export interface VectorCase {
  readonly name: string;
  readonly text: string;
  /** `demo@EPOCH`: the demo trust set signed at that second. */
  readonly trust: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly gate: string;
  readonly venue: VerifyContext['gate']['venue'];
  readonly region?: string;
  readonly temperature?: Temperature;
  readonly quality?: VerifyContext['now']['quality'];
  /** An earlier sighting of this presentation. */
  readonly seen?: { readonly gate: string; readonly agoMs: number };
  readonly expect: { readonly state: VerdictState; readonly reason: Reason };
}

/** What a vector is judged in, over its trust set. Runs anywhere. */
export function contextWith(one: VectorCase, trust: TrustView): VerifyContext {
  const { gate, venue, region, temperature, quality = 'synced', seen } = one;
  const at = epochMillis(one.now * 1000);
  const verdict = { state: 'pass', reason: 'admitted' } as const;
  return {
    now: { at, quality },
    trust,
    // every vector's people were measured before, where the venue's rule leaves it at that
    gate: { id: gate, venue, measuredBefore: true, ...(region !== undefined && { region }) },
    ...(temperature !== undefined && { temperature }),
    ...(seen && { seen: () => ({ gate: seen.gate, at: epochMillis(at - seen.agoMs), verdict }) }),
  };
}
