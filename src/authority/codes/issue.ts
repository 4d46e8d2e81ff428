import { toBase64url } from '../../core/base64url.ts';
import type { PublicJwk } from '../../core/jwk.ts';
import { limits } from '../../core/limits.ts';
import {
  mintCredential,
  mintLive,
  mintPaper,
  type PassClaims,
} from '../../core/pass/kakou/mint.ts';
import { kinds, type PassKind } from '../../core/pass/kinds.ts';
import type { Signer } from '../../core/signer.ts';
import { type EpochMillis, type EpochSeconds, epochSeconds, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { Issuing } from '../authority.ts';
import type { Seat } from '../publishing/seat.ts';
import { liveIndex, takeIndex } from '../store/indices.ts';
import { type Bearer, bearerOf, type NoCode } from './bearer.ts';

/** What codes are made with. */
export type CodeNeeds = Pick<Issuing, 'sql' | 'cipher' | 'random'> & {
  readonly seat: Seat;
  readonly now: EpochMillis;
};

export interface CodeFor {
  /** Whose code it is. */
  readonly person: string;
  /** Shown by somebody else, 代办. */
  readonly relativeHeld?: boolean;
  /** The gate or site it is for alone. */
  readonly aud?: string;
}

/** `issuer-closed`: the scheme is retired or suspended, or no key of it is good now. */
export type CodeProblem = NoCode | 'issuer-closed' | 'list-full';

export interface Issued {
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
  readonly bearer: Bearer;
}

/** Seconds a paper code lives: long enough to carry, short enough that a lost one ends. */
const paperS = 90 * 24 * 3600;
const liveS = 60;

/** A live code, made anew every 15 s while it is shown: protocol 1.2. */
export async function issueLive(
  needs: CodeNeeds,
  wanted: CodeFor,
): Promise<(Issued & { readonly text: string }) | CodeProblem> {
  const ready = await prepare(needs.sql, needs, wanted, 'live', liveS);
  if (typeof ready === 'string') return ready;
  const { claims, signer, issued } = ready;
  return { ...issued, text: await mintLive(claims, signer, 'cwt') };
}

/** A day credential for the key that a phone has made; its stamps are the phone's own. */
export async function issueCredential(
  needs: CodeNeeds,
  wanted: CodeFor,
  holder: PublicJwk,
): Promise<(Issued & { readonly credential: string }) | CodeProblem> {
  const ready = await prepareLasting(needs, wanted, 'credential', limits.credentialS);
  if (typeof ready === 'string') return ready;
  const { claims, signer, issued } = ready;
  return { ...issued, credential: toBase64url(await mintCredential(claims, holder, signer)) };
}

/** A code to be printed for somebody without a phone. */
export async function issuePaper(
  needs: CodeNeeds,
  wanted: CodeFor,
): Promise<(Issued & { readonly text: string }) | CodeProblem> {
  const ready = await prepareLasting(needs, wanted, 'paper', paperS);
  if (typeof ready === 'string') return ready;
  const { claims, signer, issued } = ready;
  return { ...issued, text: await mintPaper(claims, signer, 'cwt') };
}

interface Ready {
  readonly claims: PassClaims;
  readonly signer: Signer;
  readonly issued: Issued;
}

/**
 * The state is held until the index is written: a state that becomes worse at the same moment waits,
 * and then finds this code among those to be revoked.
 */
const prepareLasting = (
  needs: CodeNeeds,
  wanted: CodeFor,
  kind: PassKind,
  wishedS: number,
): Promise<Ready | CodeProblem> =>
  needs.sql.transaction(async (tx) => {
    await tx.query('select 1 from standings where person = $1 for share', [wanted.person]);
    return prepare(tx, needs, wanted, kind, wishedS);
  });

async function prepare(
  sql: Queries,
  { cipher, random, seat, now }: CodeNeeds,
  { person, relativeHeld, aud }: CodeFor,
  kind: PassKind,
  wishedS: number,
): Promise<Ready | CodeProblem> {
  const iat = toSeconds(now);
  const signer = await seat.signer(kinds[kind].typ, iat);
  const [issuer, published] = [seat.issuer(), seat.published()];
  if (!signer || !issuer?.list || !published) return 'issuer-closed';
  const bearer = await bearerOf(sql, person, cipher);
  if (typeof bearer === 'string') return bearer;
  // a state that phones do not know would be theirs to guess
  if (!Object.hasOwn(issuer.states, bearer.state)) return 'state-unknown';
  const lifeS = Math.min(wishedS, published.bundle.limits[kinds[kind].longest]);
  const exp = epochSeconds(iat + lifeS);
  const index = await indexFor(sql, { bearer, kind, exp }, issuer.list.size, random, now);
  if (index === undefined) return 'list-full';
  const claims: PassClaims = {
    ...{ issuer: seat.id, iat, exp, jti: random(12), state: bearer.state, index },
    ...{ maskedName: bearer.maskedName, maskedId: bearer.maskedId },
    ...(aud !== undefined && { aud }),
    ...(relativeHeld && { relativeHeld }),
    ...(bearer.notices.length > 0 && { notices: bearer.notices }),
  };
  return { claims, signer, issued: { iat, exp, bearer } };
}

const dayS = 24 * 3600;

async function indexFor(
  sql: Queries,
  { bearer, kind, exp }: { bearer: Bearer; kind: PassKind; exp: EpochSeconds },
  size: number,
  random: CodeNeeds['random'],
  now: EpochMillis,
): Promise<number | undefined> {
  const { person, state } = bearer;
  if (kind !== 'live') {
    const wanted = { person, kind, state, expiresAt: exp };
    return takeIndex(sql, wanted, size, random, now);
  }
  const known = await liveIndex(sql, person, state, now);
  const expiresAt = epochSeconds(toSeconds(now) + dayS);
  return known ?? takeIndex(sql, { person, kind, state, expiresAt }, size, random, now);
}
