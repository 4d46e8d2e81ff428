import { limits } from '../limits.ts';
import type { TrustedNow } from '../time/trusted-now.ts';
import type { Bundle } from '../trust/bundle.ts';
import type { Genuine } from './authenticate.ts';
import { isExitFree } from './leaving.ts';
import {
  checkElsewhere,
  checkPassBack,
  checkPresented,
  presentationKeys,
  type Seen,
} from './presented.ts';
import { decideByVenue, type GateFacts, ruleFor, type Temperature } from './venue-rules.ts';
import { type Sighting, type Verdict, verdict } from './verdict.ts';

/** What steps 8 and 9 depend on beside the genuine pass. */
export interface Arrival {
  /** The reading it was authenticated by. */
  readonly now: TrustedNow;
  readonly gate: GateFacts;
  readonly temperature?: Temperature;
  /** Earlier sightings; without it step 8 finds nothing. */
  readonly seen?: Seen;
  /** Another phone of the site that let this code in last, as far as is known: protocol 13. */
  readonly elsewhere?: Sighting | undefined;
  /** Completes the scan of this very presentation: that it was seen is known, and no repeat. */
  readonly completes?: true;
}

/** The verdict, and what to remember of it in the same breath: by the identities of `presented.ts`. */
export interface Admission {
  readonly verdict: Verdict;
  readonly sightings: readonly (readonly [key: string, sighting: Sighting])[];
}

/**
 * May it go in, now? Steps 8 and 9 of protocol 2. Synchronous, so that a memory which several tabs
 * share can decide and write within one transaction.
 */
export function admit(genuine: Genuine, arrival: Arrival): Admission {
  const { parsed, pass, status, bundle } = genuine;
  const { now, gate, seen, completes } = arrival;
  const keys = presentationKeys(parsed);
  const found = { pass, ...status };

  const dir = gate.leaving === true ? ({ dir: 'out' } as const) : {};
  const sighted = ({ state, reason }: Verdict): Sighting => ({
    ...{ gate: gate.id, at: now.at, verdict: { state, reason } },
    ...dir,
  });
  if (isExitFree(bundle, gate)) {
    const left = verdict('pass', 'left', found);
    const gone = [keys.presentation, keys.credential].filter((key) => key !== undefined);
    return { verdict: left, sightings: gone.map((key) => [key, sighted(left)] as const) };
  }

  // 8 · presented before: one code, one admission
  const where = { gate: gate.id, now: now.at, passBackS: passBackOf(bundle, gate), ...dir };
  const again =
    seen &&
    ((completes ? undefined : checkPresented(parsed.kind, keys, seen, where)) ??
      checkPassBack(keys, seen, where));
  if (again) return { verdict: { ...again, ...found }, sightings: [] };

  // 9 · the venue's rules
  const byRule = decideByVenue(pass, bundle, gate, arrival.temperature);
  const elsewhere = gate.leaving ? undefined : checkElsewhere(byRule, arrival.elsewhere, where);
  if (elsewhere) return { verdict: { ...elsewhere, ...found }, sightings: [] };
  const decided = gate.leaving && byRule.state === 'pass' ? verdict('pass', 'left') : byRule;
  const { state } = decided;
  const sighting = sighted(decided);
  const { presentation, credential } = keys;
  const remembered = [
    completes ? undefined : presentation,
    state === 'pass' ? credential : undefined,
  ].filter((key) => key !== undefined);
  return {
    verdict: { ...decided, ...found },
    sightings: remembered.map((key) => [key, sighting] as const),
  };
}

/** Seconds in which one code in two hands is looked for at this gate: protocol 3.4 and 4.2. */
export function passBackOf(bundle: Bundle, gate: GateFacts): number {
  const ruled = ruleFor(bundle, gate)?.passBackS;
  return Math.max(ruled ?? 0, gate.passBackS ?? ruled ?? limits.passBackS);
}
