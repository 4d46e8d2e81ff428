import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import type { Role } from '../../core/console/roles.ts';
import { type Bytes, type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** Somebody signed in: a citizen, by the id of their person, or an operator at the desk. */
export interface Signed {
  readonly session: string;
  readonly whose: string;
  readonly name: string;
  readonly role: Role | 'citizen';
}
const [minute, hour, day] = [60_000, 3_600_000, 24 * 3_600_000];

/** Milliseconds without anything asked, and from the sign-in: a phone of one's own, and a desk. */
export const lives = {
  citizen: { idleMs: 7 * day, longestMs: 30 * day },
  desk: { idleMs: 30 * minute, longestMs: 12 * hour },
} as const;
export type SessionKind = keyof typeof lives;

/** The hub's word on an operator stands so long, and never longer than the pass that brought it. */
const vouchedMs = minute;
export const vouchedUntil = (now: EpochMillis, { exp }: { readonly exp: number }): EpochMillis =>
  epochMillis(Math.min(now + vouchedMs, exp * 1000));

const tokenBytes = 32;

/** Always a fresh token, whatever the browser brought: nobody's choice becomes a session. */
export async function beginSession(
  tx: Queries,
  {
    kind,
    whose,
    name,
    role,
    agent,
    vouched,
  }: Omit<Signed, 'session'> & { kind: SessionKind; agent: string; vouched?: EpochMillis },
  random: (length: number) => Bytes,
  now: EpochMillis,
): Promise<string> {
  const token = toBase64url(random(tokenBytes));
  await tx.query(
    `insert into sessions
       (token_sha256, id, kind, whose, name, role, agent, created_at, seen_at, vouched_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    [
      ...[await sha256Hex(token), toBase64url(random(12)), kind, whose, name, role],
      ...[agent.slice(0, 200), now, vouched ?? null],
    ],
  );
  return token;
}

/**
 * Renews the session of this very operator, name and role by a fresh word of the hub's; false when the browser
 * brought none such, or one that is over by itself.
 */
export async function renewDesk(
  tx: Queries,
  token: string,
  { whose, name, role }: Pick<Signed, 'whose' | 'name' | 'role'>,
  vouched: EpochMillis,
  now: EpochMillis,
): Promise<boolean> {
  if (!isToken(token)) return false;
  const rows = await tx.query(
    `update sessions set vouched_until = $7, seen_at = $8 where token_sha256 = $1 and kind = 'desk'
       and whose = $2 and name = $3 and role = $4 and ended_at is null
       and seen_at > $5 and created_at > $6 returning id`,
    [
      ...[await sha256Hex(token), whose, name, role],
      ...[now - lives.desk.idleMs, now - lives.desk.longestMs, vouched, now],
    ],
  );
  return rows.length > 0;
}

const isToken = (token: string): boolean => /^[\w-]{43}$/.test(token);

/** Whose session this is; undefined when it is none that counts now. */
export async function findSession(
  sql: Queries,
  kind: SessionKind,
  token: string,
  now: EpochMillis,
): Promise<Signed | undefined> {
  if (!isToken(token)) return undefined;
  const sha256 = await sha256Hex(token);
  const { idleMs, longestMs } = lives[kind];
  const [row] = await sql.query<Omit<Signed, 'session'> & { id: string; seen_at: number }>(
    `select id, whose, name, role, seen_at from sessions where token_sha256 = $1 and kind = $2
       and ended_at is null and seen_at > $3 and created_at > $4
       and (kind <> 'desk' or vouched_until > $5)`,
    [sha256, kind, now - idleMs, now - longestMs, now],
  );
  if (!row) return undefined;
  if (now - row.seen_at > minute)
    await sql.query('update sessions set seen_at = $2 where token_sha256 = $1', [sha256, now]);
  return { session: row.id, whose: row.whose, name: row.name, role: row.role };
}

/** Ends one, or all of one whose they are; how many it ended. */
export async function endSessions(
  tx: Queries,
  whose: string,
  id: string | null,
  now: EpochMillis,
): Promise<number> {
  const rows = await tx.query(
    `update sessions set ended_at = $3 where whose = $1 and ended_at is null
       and ($2::text is null or id = $2) returning id`,
    [whose, id, now],
  );
  return rows.length;
}
