import { factsOf } from '../../../core/pass/kinds.ts';
import { addSkewSample, estimateSkewS, type SkewSample } from '../../../core/time/skew.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { VerifiedPass } from '../../../core/verify/verdict.ts';
import { type AppStore, clear } from '../store.ts';

/** Watches the ages of live passes for a sign that this phone's clock is wrong; only ever a banner. */
export function createSkewWatch(store: AppStore): (pass: VerifiedPass, now: TrustedNow) => void {
  let samples: readonly SkewSample[] = [];
  return ({ kind, jti, ageS }, { at }) => {
    if (factsOf(kind).freshBy !== 'issuer') return;
    samples = addSkewSample(samples, { jti, at, ageS });
    const clockSkewS = estimateSkewS(samples, at);
    if (clockSkewS === undefined) clear(store, 'clockSkewS');
    else store.setState({ clockSkewS });
  };
}
