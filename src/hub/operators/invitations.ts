import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import { type Areas, readAreas } from '../../core/console/areas.ts';
import { type Role, roles } from '../../core/console/roles.ts';
import { type Bytes, type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** Milliseconds a link can be used for. */
export const invitationLifeMs = 24 * 3_600_000;
const tokenBytes = 32;

export interface Invitation {
  readonly name: string;
  readonly role: Role;
  readonly areas: Areas;
  readonly expiresAt: EpochMillis;
  /** An account there already, whose proofs it replaces. */
  readonly operator?: string;
}
export type InvitationProblem = 'invitation-unknown' | 'invitation-used' | 'invitation-expired';

export const isInvitationToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** Keeps it as its hash; returns the token, which is told once. */
export async function addInvitation(
  tx: Queries,
  it: Omit<Invitation, 'expiresAt'>,
  now: EpochMillis,
  random: (length: number) => Bytes,
): Promise<{ readonly token: string; readonly expiresAt: EpochMillis }> {
  const token = toBase64url(random(tokenBytes));
  const expiresAt = epochMillis(now + invitationLifeMs);
  // an earlier link for the same account or name is over: only the newest is good
  await tx.query(
    `update operator_invitations set expires_at = least(expires_at, $2)
     where used_at is null and lower(name) = lower($1)`,
    [it.name, now],
  );
  await tx.query(
    `insert into operator_invitations (token_sha256, operator, name, role, areas, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      await sha256Hex(token),
      it.operator ?? null,
      it.name,
      it.role,
      JSON.stringify(it.areas),
      now,
      expiresAt,
    ],
  );
  return { token, expiresAt };
}

interface Row {
  readonly operator: string | null;
  readonly name: string;
  readonly role: string;
  readonly areas: string;
  readonly expires_at: number;
  readonly used_at: number | null;
}

function read(row: Row | undefined, now: EpochMillis): Invitation | InvitationProblem {
  const role = roles.find((one) => one === row?.role);
  if (!row || !role) return 'invitation-unknown';
  if (row.used_at !== null) return 'invitation-used';
  if (row.expires_at <= now) return 'invitation-expired';
  return {
    ...{ name: row.name, role, areas: readAreas(JSON.parse(row.areas)) },
    expiresAt: epochMillis(row.expires_at),
    ...(row.operator !== null && { operator: row.operator }),
  };
}

const columns = 'operator, name, role, areas, expires_at, used_at';

export async function findInvitation(
  sql: Queries,
  token: string,
  now: EpochMillis,
): Promise<Invitation | InvitationProblem> {
  const [row] = await sql.query<Row>(
    `select ${columns} from operator_invitations where token_sha256 = $1`,
    [await sha256Hex(token)],
  );
  return read(row, now);
}

/** Uses it up; of two at once only one gets it. */
export async function takeInvitation(
  tx: Queries,
  token: string,
  now: EpochMillis,
): Promise<Invitation | InvitationProblem> {
  const sha256 = await sha256Hex(token);
  const [row] = await tx.query<Row>(
    `select ${columns} from operator_invitations where token_sha256 = $1 for update`,
    [sha256],
  );
  const invitation = read(row, now);
  if (typeof invitation !== 'string')
    await tx.query('update operator_invitations set used_at = $2 where token_sha256 = $1', [
      ...[sha256, now],
    ]);
  return invitation;
}

/** Those that can still be used, without their tokens. */
export async function openInvitations(sql: Queries, now: EpochMillis): Promise<Invitation[]> {
  const rows = await sql.query<Row>(
    `select ${columns} from operator_invitations where used_at is null and expires_at > $1
     order by created_at`,
    [now],
  );
  return rows.flatMap((row) => {
    const one = read(row, now);
    return typeof one === 'string' ? [] : [one];
  });
}
