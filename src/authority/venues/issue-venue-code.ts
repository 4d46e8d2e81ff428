import { toBase64url } from '../../core/base64url.ts';
import { toHex } from '../../core/bytes.ts';
import { limits } from '../../core/limits.ts';
import type { PlaceRow } from '../../core/place/desk-places.ts';
import { mintVenueCode } from '../../core/place/mint-venue-code.ts';
import { venueIdBytes, venueTyp } from '../../core/place/venue-code.ts';
import { type EpochMillis, epochSeconds, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { Issuing } from '../authority.ts';
import type { Seat } from '../publishing/seat.ts';
import { revokeIndex, takeIndex } from '../store/indices.ts';

export type VenueCodeNeeds = Pick<Issuing, 'random'> & {
  readonly seat: Seat;
  /** Where the poster's link leads: a host with its port. */
  readonly host: string;
  readonly now: EpochMillis;
};

export interface MadeVenueCode {
  readonly id: string;
  readonly exp: number;
}

/** `place-taken`: the place has another good code than the one that is to be replaced. */
export type VenueCodeProblem = 'issuer-closed' | 'list-full' | 'place-taken';

/**
 * A code for a place that is held (`holdPlace`): the one of before is revoked with it, published within the
 * hour, and only if it is the one that whoever asks has seen. It never outlives the key that signs it.
 */
export async function issueVenueCode(
  tx: Queries,
  { random, seat, host, now }: VenueCodeNeeds,
  place: PlaceRow,
  { days, replaces }: { readonly days: number; readonly replaces?: string | undefined },
): Promise<MadeVenueCode | VenueCodeProblem> {
  const iat = toSeconds(now);
  const signer = await seat.signer(venueTyp, iat);
  const issuer = seat.issuer();
  const key = issuer?.keys.find(({ kid }) => kid === signer?.kid);
  if (!signer || !issuer?.list || !key) return 'issuer-closed';
  const { code: before } = place;
  const isGood = before?.revokedAt === undefined && (before?.exp ?? 0) > iat;
  const isSeen = replaces === before?.id || (replaces === undefined && !isGood);
  if (!isSeen) return 'place-taken';
  const lifeS = Math.min(days * 86_400, limits.paperS, key.exp - iat);
  const exp = epochSeconds(iat + lifeS);
  const wanted = { person: null, kind: 'venue', state: '', expiresAt: exp } as const;
  const index = await takeIndex(tx, wanted, issuer.list.size, random, now);
  if (index === undefined) return 'list-full';
  if (before) await endCode(tx, before.id, { urgent: false, now });
  const cti = random(venueIdBytes);
  const { name, venue, region, district } = place;
  const claims = {
    ...{ iss: seat.id, iat, exp, id: toBase64url(cti), place: place.place, name, venue, region },
    ...{ index, ...(district !== undefined && { district }) },
  };
  const id = toHex(cti);
  await tx.query(
    `insert into venue_codes (id, place, idx, text, issued_at, expires_at, before)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[id, place.place, index, await mintVenueCode(claims, host, signer), iat, exp],
      // one that was revoked for a reason has no heir
      before?.revokedAt === undefined ? (before?.id ?? null) : null,
    ],
  );
  return { id, exp };
}

/** Takes a code out of use: in the list within a minute where it is urgent, within the hour else. */
export async function endCode(
  tx: Queries,
  id: string,
  { reason, urgent, now }: { reason?: string; urgent: boolean; now: EpochMillis },
): Promise<void> {
  const [row] = await tx.query<{ idx: number; expires_at: number }>(
    `update venue_codes set revoked_at = $2, reason = $3 where id = $1 and revoked_at is null
     returning idx, expires_at`,
    [id, now, reason ?? null],
  );
  if (row) await revokeIndex(tx, { index: row.idx, expiresAt: row.expires_at }, { urgent, now });
}
