import type { PassKind } from '../pass/kinds.ts';
import type { Colour, Level, LocalizedText, NotAPass, PassForm } from '../terms.ts';
import type { EpochMillis, EpochSeconds } from '../units.ts';

/** The four things a guard can be told. Anything unexpected is `unknown`, never `pass`. */
export type VerdictState = 'pass' | 'check' | 'stop' | 'unknown';

/** Which states each reason may come with. The closed set of reasons: an addition is a new line here. */
export const reasonStates = {
  admitted: ['pass'],
  'temperature-needed': ['check'],
  'temperature-high': ['stop'],
  'colour-caution': ['check', 'stop'],
  'colour-stop': ['stop'],
  notice: ['check'],
  advisory: ['pass', 'check'],
  'original-way': ['unknown'],
  'relative-held': ['check'],
  'paper-check-id': ['check'],
  'already-scanned': ['check'],
  'shown-elsewhere': ['check'],
  stale: ['stop'],
  'from-the-future': ['unknown'],
  expired: ['stop'],
  'not-yet-valid': ['stop'],
  'bad-signature': ['stop'],
  malformed: ['stop'],
  'unknown-issuer': ['unknown'],
  'unknown-key': ['unknown'],
  'unknown-state': ['unknown'],
  'issuer-retired': ['stop'],
  'issuer-suspended': ['stop'],
  revoked: ['stop'],
  suspended: ['check'],
  'zone-full': ['check'],
  left: ['pass'],
  'wrong-gate': ['stop'],
  'not-bound': ['check'],
  'not-a-pass': ['unknown'],
  'trust-missing': ['unknown'],
  'trust-expired': ['unknown'],
  'app-outdated': ['unknown'],
  'list-too-old': ['unknown'],
  'live-only': ['unknown'],
  'clock-untrusted': ['unknown'],
  'internal-error': ['unknown'],
} as const satisfies Record<string, readonly VerdictState[]>;

export type Reason = keyof typeof reasonStates;

/** What may be shown of a pass whose signature is good. Held in memory for the card only; never stored. */
export interface VerifiedPass {
  readonly kind: PassKind;
  readonly form: PassForm;
  /** ISO 3166-2 code of the issuer, or `CN`. */
  readonly issuer: string;
  readonly issuerName: LocalizedText;
  readonly hotline?: string;
  /** Fresh identifier of this presentation, base64url. Not a subject id. */
  readonly jti: string;
  /** State code in the issuer's own scheme. */
  readonly state: string;
  readonly level?: Level;
  readonly colour?: Colour;
  readonly stateLabel?: LocalizedText;
  /** The issuer already masked these (张*三, 12…2X). */
  readonly maskedName?: string;
  readonly maskedId?: string;
  readonly relativeHeld: boolean;
  readonly notices: readonly { readonly code: string; readonly label?: LocalizedText }[];
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
  /** Seconds between the code's (or stamp's) `iat` and the reading of the clock; may be negative. */
  readonly ageS: number;
}

/** Where and when a presentation was seen, or a credential last passed. */
export interface Sighting {
  readonly gate: string;
  readonly at: EpochMillis;
  readonly verdict: { readonly state: VerdictState; readonly reason: Reason };
  /** On the way out; absent: in. */
  readonly dir?: 'out';
}

/** The one answer the pipeline gives for a text. */
export interface Verdict {
  readonly state: VerdictState;
  readonly reason: Reason;
  /** Only with `not-a-pass`. */
  readonly what?: NotAPass;
  /** Present only once the signature is good. */
  readonly pass?: VerifiedPass;
  /** The earlier sighting, with `already-scanned` and `shown-elsewhere`. */
  readonly seen?: Sighting;
  /** With `wrong-gate`: the gates it is for, by name, where the bundle knows them. Shown, never logged. */
  readonly boundTo?: readonly LocalizedText[];
  /** Age in seconds of the status list used, when one was. */
  readonly listAgeS?: number;
  /** Why a list older than allowed was passed over (live passes only), to be logged. */
  readonly listTooOld?: true;
}

type Details = Omit<Verdict, 'state' | 'reason'>;

/** Builds a verdict; a state the reason cannot have does not compile. */
export function verdict<R extends Reason>(
  state: (typeof reasonStates)[R][number],
  reason: R,
  details: Details = {},
): Verdict {
  return checkedVerdict(state, reason, details);
}

/** The same for a state and reason known at run time only: a wrong pair becomes `internal-error`. */
export function checkedVerdict(
  state: VerdictState,
  reason: Reason,
  details: Details = {},
): Verdict {
  const allowed: readonly VerdictState[] = Object.hasOwn(reasonStates, reason)
    ? reasonStates[reason]
    : [];
  if (!allowed.includes(state)) return { state: 'unknown', reason: 'internal-error' };
  return { state, reason, ...details };
}
