import { limits } from '../limits.ts';
import { classify } from '../pass/classify.ts';
import type { ParsedPass, ParsedStamp } from '../pass/format.ts';
import { parsePass } from '../pass/kakou/parse.ts';
import { factsOf } from '../pass/kinds.ts';
import { importPublicKey } from '../suite.ts';
import { mayDecide, type TrustedNow } from '../time/trusted-now.ts';
import { isTooOld } from '../trust/app-version.ts';
import type { Bundle } from '../trust/bundle.ts';
import { statusAt } from '../trust/lists/status-list.ts';
import type { TrustView } from '../trust/view.ts';
import { type EpochSeconds, toSeconds } from '../units.ts';
import { checkAudience } from './audience.ts';
import { ageOf, checkTimes } from './freshness.ts';
import type { GateFacts } from './venue-rules.ts';
import { type Verdict, type VerifiedPass, verdict } from './verdict.ts';
import { shownPass } from './verified-pass.ts';

/** What steps 1 to 7 depend on, read once before them. */
export interface Scene {
  readonly now: TrustedNow;
  /** Undefined when no bundle was ever accepted. */
  readonly trust: TrustView | undefined;
  readonly gate: GateFacts;
  /** Version of this scanner; the bundle may call for a newer one. Left out: not compared. */
  readonly app?: string;
}

/** A pass that is genuine, fresh, not revoked and for here, and by what that was found. */
export interface Genuine {
  readonly parsed: ParsedPass;
  readonly pass: VerifiedPass;
  readonly status: Pick<Verdict, 'listAgeS' | 'listTooOld'>;
  readonly bundle: Bundle;
  /** The issuer's key that the signature was checked with. */
  readonly key: CryptoKey;
}
export type Authenticated = { readonly genuine: Genuine } | { readonly end: Verdict };

/**
 * Is this pass genuine, fresh, not revoked, for here? Steps 1 to 7 of protocol 2; each goes on or
 * ends with one reason. Throws only what `pipeline.ts` catches. Who may come in is `admit.ts`'s.
 */
export async function authenticate(text: string, scene: Scene): Promise<Authenticated> {
  // 1 · shape and size, one spelling only: stops aliases of a token and hostile encodings
  const form = classify(text);
  if ('notAPass' in form) return end(verdict('unknown', 'not-a-pass', { what: form.notAPass }));
  const parsed = parsePass(text, form.pass);
  return parsed ? check(parsed, scene) : end(verdict('stop', 'malformed'));
}

/**
 * The same pass later, by another reading of the clock and the trust of now: whoever completes a
 * scan that waited asks again. The signature is not checked twice, but by a key that took the place
 * of the one it was checked with.
 */
export const authenticateAgain = (before: Genuine, scene: Scene): Promise<Authenticated> =>
  check(before.parsed, scene, before.key);

async function check(
  parsed: ParsedPass,
  { now: reading, trust, gate, app }: Scene,
  checkedWith?: CryptoKey,
): Promise<Authenticated> {
  const now = toSeconds(reading.at);

  // 2 · trust present, in date and fit for this scanner: stops freeze attacks and known mistakes
  if (!trust) return end(verdict('unknown', 'trust-missing'));
  if (now >= trust.exp) return end(verdict('unknown', 'trust-expired'));
  const { bundle } = trust;
  if (trust.outdated || (app !== undefined && isTooOld(app, bundle.minimumApp))) {
    return end(verdict('unknown', 'app-outdated'));
  }

  // 3 · issuer and key by (iss, kid): stops one province signing for another
  const issuer = trust.issuer(parsed.claims.iss);
  if (!issuer) return end(verdict('unknown', 'unknown-issuer'));
  if (issuer.outdated) return end(verdict('unknown', 'app-outdated'));
  if (issuer.state === 'retired') return end(verdict('stop', 'issuer-retired'));
  if (issuer.state === 'suspended') return end(verdict('stop', 'issuer-suspended'));
  const key = await trust.key(issuer.id, parsed.kid, parsed.typ, now);
  if (!key) return end(verdict('unknown', 'unknown-key'));

  // 4 · signatures: from here on the claims are the issuer's word
  const isGood = key === checkedWith || (await signaturesGood(parsed, key));
  if (!isGood) return end(verdict('stop', 'bad-signature'));
  const pass = shownPass(parsed, issuer, ageOf(parsed, now));

  // 5 · clock, then time claims: stops screenshots and codes made ahead
  if (!mayDecide(reading)) return end(verdict('unknown', 'clock-untrusted', { pass }));
  const time = checkTimes(parsed, now, bundle.limits);
  if (time) return end(verdict(time === 'from-the-future' ? 'unknown' : 'stop', time, { pass }));

  // 6 · audience: stops a code made for another gate
  const elsewhere = checkAudience(parsed, gate, bundle);
  if (elsewhere) return end({ ...elsewhere, pass });

  // 7 · status list: stops revoked codes
  const status = checkStatus(parsed, trust, now, reading.listsTooOld);
  if (status.end) return end({ ...status.end, pass, ...status.facts });
  return { genuine: { parsed, pass, status: status.facts, bundle, key } };
}

const end = (ended: Verdict): Authenticated => ({ end: ended });

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
  readonly facts: Genuine['status'];
}

function checkStatus(
  { kind, claims }: ParsedPass,
  trust: TrustView,
  now: EpochSeconds,
  isFrozen = false,
): StatusFinding {
  const list = trust.lists.get(claims.iss);
  const outlives = factsOf(kind).outlivesOldList === true;
  // an issuer of afar: none of its codes can be looked up here, and no fresher list would help
  if (!list && trust.issuer(claims.iss)?.liveOnly)
    return outlives ? { facts: {} } : { end: verdict('unknown', 'live-only'), facts: {} };
  const age = list && now - list.iat;
  const facts = age === undefined ? {} : { listAgeS: age };
  const isOld = age === undefined || age > limits.listTooOldS || isFrozen;
  if (isOld && !outlives) return { end: verdict('unknown', 'list-too-old'), facts };
  const status = list && statusAt(list, claims.si);
  if (status === 'invalid') return { end: verdict('stop', 'revoked'), facts };
  if (status === 'suspended') return { end: verdict('check', 'suspended'), facts };
  if (list && status === undefined) return { end: verdict('unknown', 'list-too-old'), facts };
  return { facts: isOld ? { ...facts, listTooOld: true } : facts };
}
