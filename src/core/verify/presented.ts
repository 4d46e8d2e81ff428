import type { ParsedPass } from '../pass/format.ts';
import { factsOf, type PassKind } from '../pass/kinds.ts';
import type { EpochMillis } from '../units.ts';
import { type Sighting, type Verdict, verdict } from './verdict.ts';

/** Looks up an earlier sighting by identity key. */
export type Seen = (key: string) => Sighting | undefined;

/**
 * What a presentation is remembered by: the issuer's and the holder's random ids, as the log has
 * them, never the token's text or signature, which have several spellings (protocol 1.3).
 */
export interface PresentationKeys {
  /** `iss jti`; of a credential `iss`, its `jti` and its stamp's. */
  readonly presentation: string;
  /** A credential under whatever stamp: `iss jti`. Remembered when it last passed. */
  readonly credential?: string;
}

export function presentationKeys({ claims, stamp }: ParsedPass): PresentationKeys {
  const id = `${claims.iss} ${claims.jti}`;
  return stamp
    ? { presentation: `${id} ${stamp.claims.jti}`, credential: id }
    : { presentation: id };
}

/** All of them, to look up. */
export const keysToAsk = ({ presentation, credential }: PresentationKeys): readonly string[] =>
  credential === undefined ? [presentation] : [presentation, credential];

interface Where {
  readonly gate: string;
  readonly now: EpochMillis;
  /** Seconds in which one code in two hands is looked for: protocol 3.4. */
  readonly passBackS: number;
  /** On the way out; absent: in. */
  readonly dir?: 'out';
}

/**
 * Step 8, this very presentation. One that its issuer or holder stamped is shown once; a printed code
 * is the same every time, so its holder may come again after `passBackS`. One that was stopped let
 * nobody in: shown again it is judged again, and a red code is red at every showing.
 */
export function checkPresented(
  kind: PassKind,
  { presentation }: PresentationKeys,
  seen: Seen,
  where: Where,
): Verdict | undefined {
  const sighting = seen(presentation);
  const mayReturn = factsOf(kind).freshBy === 'nobody';
  if (!sighting || sighting.verdict?.state === 'stop') return undefined;
  if (hasTurned(sighting, where)) return undefined;
  if (mayReturn && !isRecent(sighting, where)) return undefined;
  return repeated(sighting, where);
}

/** Step 8, the same credential under another stamp, soon after it passed: one phone, a second person. */
export function checkPassBack(
  { credential }: PresentationKeys,
  seen: Seen,
  where: Where,
): Verdict | undefined {
  const sighting = credential === undefined ? undefined : seen(credential);
  if (!sighting || !hasPassed(sighting) || !isRecent(sighting, where)) return undefined;
  return hasTurned(sighting, where) ? undefined : repeated(sighting, where);
}

/**
 * Step 8, known from another phone of the site (protocol 13). It takes the place of a verdict that
 * lets in or has the guard look: what the venue's rules stop stays stopped, and what could not be
 * decided stays undecided. Nothing grows milder by being shown elsewhere.
 */
export const checkElsewhere = (
  decided: Pick<Verdict, 'state'>,
  elsewhere: Sighting | undefined,
  where: Where,
): Verdict | undefined =>
  elsewhere && ['pass', 'check'].includes(decided.state) && isRecent(elsewhere, where)
    ? repeated(elsewhere, where)
    : undefined;

/**
 * It last passed the other way: who went out comes in again, and who came in leaves (protocol 12). Only
 * a code that was found good on its way is remembered with a way; whoever left by an old one, or by one
 * that is not genuine, has left the memory as it was.
 */
const hasTurned = (sighting: Sighting, { dir }: Where): boolean =>
  sighting.dir !== dir && hasPassed(sighting);

const repeated = (seen: Sighting, { gate }: Where): Verdict =>
  verdict('check', seen.gate === gate ? 'already-scanned' : 'shown-elsewhere', { seen });

/** Closed: a time that is none, or lies ahead, is recent. */
const isRecent = ({ at }: Sighting, { now, passBackS }: Where): boolean =>
  !(now - at > passBackS * 1000);

/** Closed: what the memory says of it is believed only where it names a verdict that lets nobody in. */
const hasPassed = ({ verdict: before }: Sighting): boolean =>
  !['check', 'stop', 'unknown'].includes(before?.state);
