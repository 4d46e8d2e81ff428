import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import { readAreas } from '../../core/console/areas.ts';
import type { Role } from '../../core/console/roles.ts';
import { type Bytes, type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import { findOperator, type Operator } from './accounts.ts';

/** Milliseconds without anything asked, and from the sign-in: protocol 14. */
export const idleMs = 30 * 60_000;
export const longestMs = 12 * 3_600_000;
/** How exactly the last question is kept. */
const seenEveryMs = 60_000;
const tokenBytes = 32;

export interface Session {
  /** Not the token: for listing and ending. */
  readonly id: string;
  readonly agent: string;
  readonly createdAt: EpochMillis;
  readonly seenAt: EpochMillis;
}

/** A session that counts, and whose it is. */
export interface Signed {
  readonly session: Session;
  readonly operator: Operator;
}

interface Row {
  readonly id: string;
  readonly operator: string;
  readonly agent: string;
  readonly created_at: number;
  readonly seen_at: number;
}

const read = ({ id, agent, created_at, seen_at }: Row): Session => ({
  ...{ id, agent },
  createdAt: epochMillis(created_at),
  seenAt: epochMillis(seen_at),
});

export const isSessionToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** Always a fresh token, whatever the browser brought: nobody's choice becomes a session. */
export async function beginSession(
  tx: Queries,
  { operator, agent, now }: { operator: string; agent: string; now: EpochMillis },
  random: (length: number) => Bytes,
): Promise<string> {
  const token = toBase64url(random(tokenBytes));
  await tx.query('delete from operator_sessions where created_at < $1', [
    now - 30 * 24 * 3_600_000,
  ]);
  await tx.query(
    `insert into operator_sessions (token_sha256, id, operator, agent, created_at, seen_at)
     values ($1, $2, $3, $4, $5, $5)`,
    [await sha256Hex(token), toBase64url(random(12)), operator, agent.slice(0, 200), now],
  );
  return token;
}

const isOpen = '(s.ended_at is null and s.seen_at > $2 and s.created_at > $3)';
const limits = (now: EpochMillis) => [now - idleMs, now - longestMs] as const;

/** Whose session this is; `touch` says that a person asked, not a page by itself. */
export async function findSession(
  sql: Queries,
  token: string,
  now: EpochMillis,
  touch: boolean,
): Promise<Signed | undefined> {
  if (!isSessionToken(token)) return undefined;
  const sha256 = await sha256Hex(token);
  const [row] = await sql.query<Row>(
    `select id, operator, agent, created_at, seen_at from operator_sessions s
     where token_sha256 = $1 and ${isOpen}`,
    [sha256, ...limits(now)],
  );
  const operator = row && (await findOperator(sql, row.operator));
  if (!operator || operator.disabledAt !== undefined) return undefined;
  if (touch && now - row.seen_at > seenEveryMs)
    await sql.query('update operator_sessions set seen_at = $2 where token_sha256 = $1', [
      ...[sha256, now],
    ]);
  return { session: read(row), operator };
}

/** Whether this session gets its first pass for the issuing side. */
export async function noteDeskEntered(tx: Queries, id: string, now: EpochMillis): Promise<boolean> {
  const rows = await tx.query(
    `update operator_sessions set desk_entered_at = $2
     where id = $1 and desk_entered_at is null returning id`,
    [id, now],
  );
  return rows.length > 0;
}

/** What an account may do and where, to be compared with what it was. */
export const standingOf = ({ role, areas }: Pick<Operator, 'role' | 'areas'>): string =>
  JSON.stringify([role, areas]);

/** The standing of whoever has these sessions, by session; those that ended are not there. */
export async function standings(
  sql: Queries,
  ids: readonly string[],
  now: EpochMillis,
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; role: Role; areas: string }>(
    `select s.id, o.role, o.areas from operator_sessions s join operators o on o.id = s.operator
     where s.id = any($1::text[]) and o.disabled_at is null and ${isOpen}`,
    [ids, ...limits(now)],
  );
  return new Map(
    rows.map(({ id, role, areas }) => [
      id,
      standingOf({ role, areas: readAreas(JSON.parse(areas)) }),
    ]),
  );
}

/** Those that count now, the newest first. */
export async function listSessions(
  sql: Queries,
  operator: string,
  now: EpochMillis,
): Promise<Session[]> {
  const rows = await sql.query<Row>(
    `select id, operator, agent, created_at, seen_at from operator_sessions s
     where operator = $1 and ${isOpen} order by created_at desc`,
    [operator, ...limits(now)],
  );
  return rows.map(read);
}

/** Ends one by its id, or all but one of an operator; how many it ended. */
export async function endSessions(
  tx: Queries,
  { operator, id, except }: { operator: string; id?: string; except?: string },
  now: EpochMillis,
): Promise<number> {
  const rows = await tx.query(
    `update operator_sessions set ended_at = $2 where operator = $1 and ended_at is null
       and ($3::text is null or id = $3) and ($4::text is null or id <> $4) returning id`,
    [operator, now, id ?? null, except ?? null],
  );
  return rows.length;
}
