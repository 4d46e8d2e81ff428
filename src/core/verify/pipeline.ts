import { limits } from '../limits.ts';
import { factsOf } from '../pass/kinds.ts';
import { importPublicKey } from '../suite.ts';
import type { TrustedNow } from '../time/trusted-now.ts';
import { isTooOld } from '../trust/app-version.ts';
import type { TrustView } from '../trust/view.ts';
import { type EpochSeconds, toSeconds } from '../units.ts';
import { classify } from './classify.ts';
import { ageOf, checkTimes } from './freshness.ts';
import { type ParsedPass, type ParsedStamp, parsePass } from './parse.ts';
import { checkPresented, presentationKeys, type Seen } from './presented.ts';
import { shownPass } from './shown-pass.ts';
import { statusAt } from './status-list.ts';
import { decideByVenue, type GateFacts, type Temperature } from './venue-rules.ts';
import { type Verdict, verdict } from './verdict.ts';

/** Everything a decision depends on, read once before it. */
export interface VerifyContext {
  readonly now: TrustedNow;
  /** Undefined when no bundle was ever accepted. */
  readonly trust: TrustView | undefined;
  readonly gate: GateFacts;
  /** Version of this scanner; the bundle may call for a newer one. Left out: not compared. */
  readonly app?: string;
  readonly temperature?: Temperature;
  /** Earlier sightings; without it step 8 finds nothing. */
  readonly seen?: Seen;
}

/**
 * Is this pass good, here, now? Steps 1 to 9 of protocol 2, in that order; each goes on or ends with
 * one reason. Never rejects: an unexpected exception is `unknown/internal-error`.
 */
export async function verifyPass(text: string, context: VerifyContext): Promise<Verdict> {
  try {
    return await decide(text, context);
  } catch {
    return verdict('unknown', 'internal-error');
  }
}

async function decide(text: string, context: VerifyContext): Promise<Verdict> {
  const { trust, gate, app } = context;
  const now = toSeconds(context.now.at);

  // 1 · shape and size, one spelling only: stops aliases of a token and hostile encodings
  const form = classify(text);
  if ('notAPass' in form) return verdict('unknown', 'not-a-pass', { what: form.notAPass });
  const parsed = parsePass(text, form.pass);
  if (!parsed) return verdict('stop', 'malformed');

  // 2 · trust present, in date and fit for this scanner: stops freeze attacks and known mistakes
  if (!trust) return verdict('unknown', 'trust-missing');
  if (now >= trust.exp) return verdict('unknown', 'trust-expired');
  if (trust.outdated || (app !== undefined && isTooOld(app, trust.bundle.minimumApp))) {
    return verdict('unknown', 'app-outdated');
  }

  // 3 · issuer and key by (iss, kid): stops one province signing for another
  const issuer = trust.issuer(parsed.claims.iss);
  if (!issuer) return verdict('unknown', 'unknown-issuer');
  if (issuer.outdated) return verdict('unknown', 'app-outdated');
  if (issuer.state === 'retired') return verdict('stop', 'issuer-retired');
  if (issuer.state === 'suspended') return verdict('stop', 'issuer-suspended');
  const key = trust.key(issuer.id, parsed.kid, parsed.typ, now);
  if (!key) return verdict('unknown', 'unknown-key');

  // 4 · signatures: from here on the claims are the issuer's word
  if (!(await signaturesGood(parsed, await key))) return verdict('stop', 'bad-signature');
  const pass = shownPass(parsed, issuer, ageOf(parsed, now));

  // 5 · clock, then time claims: stops screenshots and codes made ahead
  if (!mayDecide(context.now)) return verdict('unknown', 'clock-untrusted', { pass });
  const time = checkTimes(parsed, now, trust.bundle.limits);
  if (time) return verdict(time === 'from-the-future' ? 'unknown' : 'stop', time, { pass });

  // 6 · audience: stops a code made for another gate
  const { aud } = parsed.claims;
  if (aud !== undefined && aud !== gate.id) return verdict('stop', 'wrong-gate', { pass });

  // 7 · status list: stops revoked codes
  const status = checkStatus(parsed, trust, now, context.now.listsTooOld);
  if (status.end) return { ...status.end, pass, ...status.facts };
  const found = { pass, ...status.facts, presentations: presentationKeys(parsed) };

  // 8 · presented before: one code, one admission
  const { seen } = context;
  const again = seen && checkPresented(found.presentations, seen, gate.id, context.now.at);
  if (again) return { ...again, ...found };

  // 9 · the venue's rules
  return { ...decideByVenue(pass, trust.bundle, gate, context.temperature), ...found };
}

/** Closed: a reading that is no time, of a quality not named here, or known to lag, decides nothing. */
const mayDecide = ({ at, quality, waiting }: TrustedNow): boolean =>
  Number.isFinite(at) && !waiting && ['synced', 'held', 'unconfirmed'].includes(quality);

async function signaturesGood(parsed: ParsedPass, issuerKey: CryptoKey): Promise<boolean> {
  if (!(await parsed.verify(issuerKey))) return false;
  // the holder key is a claim: used only now that the issuer's signature over it is good
  return parsed.stamp ? holderSigned(parsed.stamp) : true;
}

/** A holder key that is not a point on the curve is a bad signature, not a broken scanner. */
async function holderSigned(stamp: ParsedStamp): Promise<boolean> {
  const key = await importPublicKey(stamp.holderKey).catch(() => undefined);
  return key !== undefined && stamp.verify(key);
}

interface StatusFinding {
  readonly end?: Verdict;
  readonly facts: Pick<Verdict, 'listAgeS' | 'listTooOld'>;
}

function checkStatus(
  { kind, claims }: ParsedPass,
  trust: TrustView,
  now: EpochSeconds,
  isFrozen = false,
): StatusFinding {
  const list = trust.lists.get(claims.iss);
  const age = list && now - list.iat;
  const facts = age === undefined ? {} : { listAgeS: age };
  const isOld = age === undefined || age > limits.listTooOldS || isFrozen;
  if (isOld && factsOf(kind).outlivesOldList !== true)
    return { end: verdict('unknown', 'list-too-old'), facts };
  const status = list && statusAt(list, claims.si);
  if (status === 'invalid') return { end: verdict('stop', 'revoked'), facts };
  if (status === 'suspended') return { end: verdict('check', 'suspended'), facts };
  if (list && status === undefined) return { end: verdict('unknown', 'list-too-old'), facts };
  return { facts: isOld ? { ...facts, listTooOld: true } : facts };
}
