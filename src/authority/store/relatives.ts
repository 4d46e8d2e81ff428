import { sha256Hex } from '../../core/bytes.ts';
import { ageOn, birthOf } from '../../core/health/documents.ts';
import { shanghaiDay } from '../../core/health/shanghai.ts';
import { type Bytes, type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';
import { findPerson, type Identity, identityOf, type PersonNeeds, takePerson } from './persons.ts';

/** Relatives one person may show: product facts. */
export const mostRelatives = 3;
const ofAge = 18;
/** Milliseconds an adult's word is good for. */
export const consentMs = 10 * 60_000;

export type RelativeKind = 'child' | 'adult';
export type RelativeProblem =
  | 'too-many-relatives'
  | 'not-guardian'
  | 'consent-unknown'
  | 'relative-self';

export interface Relative {
  readonly id: string;
  readonly kind: RelativeKind;
  readonly addedAt: number;
}

/**
 * A child by a guardian: the register names this person as one, and the child is under 18. Whatever is
 * wrong it is `not-guardian`: nobody learns by it who is somebody's child, or that a number is known.
 */
export async function addChild(
  tx: Queries,
  holder: string,
  child: Identity,
  needs: PersonNeeds,
): Promise<string | RelativeProblem> {
  const { cipher, now } = needs;
  const own = await identityOf(tx, holder, cipher);
  const subject = cipher.subjectOf(child);
  if (!own || isOfAge(child, now)) return 'not-guardian';
  if (!(await isGuardian(tx, subject, cipher.subjectOf(own), now))) return 'not-guardian';
  const known = await findPerson(tx, subject);
  const kept = known === undefined ? undefined : await identityOf(tx, known, cipher);
  if (kept && kept.name !== child.name) return 'not-guardian';
  const full = await refuseFull(tx, holder);
  if (full) return full;
  const relative = known ?? (await takePerson(tx, child, needs));
  return put(tx, holder, relative, 'child', now);
}

async function isGuardian(
  sql: Queries,
  child: string,
  guardian: string,
  now: EpochMillis,
): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from facts where subject = $1 and kind = 'guardian' and value = $2
       and withdrawn_at is null and (until is null or until > $3)`,
    [child, guardian, toSeconds(now)],
  );
  return rows.length > 0;
}

const isOfAge = (child: Identity, now: EpochMillis): boolean => {
  const birth = birthOf(child);
  return birth !== undefined && ageOn(birth, shanghaiDay(now)) >= ofAge;
};

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A code by which one adult lets another show theirs: ten characters, good once, for ten minutes. */
export async function makeConsent(
  tx: Queries,
  person: string,
  random: (length: number) => Bytes,
  now: EpochMillis,
): Promise<string> {
  const code = [...random(10)].map((byte) => alphabet[byte % 32]).join('');
  await tx.query('insert into consents (code_sha256, person, expires_at) values ($1, $2, $3)', [
    ...[await sha256Hex(code), person, now + consentMs],
  ]);
  return code;
}

/** An adult by the code they gave. A second use, one that is over and one nobody made look the same. */
export async function addAdult(
  tx: Queries,
  holder: string,
  typed: string,
  now: EpochMillis,
): Promise<string | RelativeProblem> {
  const full = await refuseFull(tx, holder);
  if (full) return full;
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  const [row] = await tx.query<{ person: string }>(
    `update consents set used_at = $2 where code_sha256 = $1 and used_at is null and expires_at > $2
     returning person`,
    [await sha256Hex(code), now],
  );
  if (!row) return 'consent-unknown';
  if (row.person === holder) return 'relative-self';
  return put(tx, holder, row.person, 'adult', now);
}

/** The holder's row is locked: of two at once the fourth relative is refused. */
async function refuseFull(tx: Queries, holder: string): Promise<'too-many-relatives' | undefined> {
  await tx.query('select id from persons where id = $1 for update', [holder]);
  const rows = await tx.query('select 1 from relatives where holder = $1', [holder]);
  return rows.length >= mostRelatives ? 'too-many-relatives' : undefined;
}

async function put(
  tx: Queries,
  holder: string,
  relative: string,
  kind: RelativeKind,
  now: EpochMillis,
): Promise<string> {
  await tx.query(
    `insert into relatives (holder, relative, kind, added_at) values ($1, $2, $3, $4)
     on conflict (holder, relative) do nothing`,
    [holder, relative, kind, now],
  );
  return relative;
}

/**
 * Those whose code this person may show now. A child that has come of age, or of whom the register
 * names them no longer, is none.
 */
export async function relativesOf(
  sql: Queries,
  holder: string,
  cipher: ColumnCipher,
  now: EpochMillis,
): Promise<(Relative & { readonly identity: Identity })[]> {
  const rows = await sql.query<{ relative: string; kind: RelativeKind; added_at: number }>(
    'select relative, kind, added_at from relatives where holder = $1 order by added_at, relative',
    [holder],
  );
  const own = rows.some(({ kind }) => kind === 'child')
    ? await identityOf(sql, holder, cipher)
    : undefined;
  const found: (Relative & { readonly identity: Identity })[] = [];
  for (const { relative: id, kind, added_at: addedAt } of rows) {
    const identity = await identityOf(sql, id, cipher);
    if (!identity) continue;
    const isHeld =
      kind === 'adult' ||
      (own !== undefined &&
        !isOfAge(identity, now) &&
        (await isGuardian(sql, cipher.subjectOf(identity), cipher.subjectOf(own), now)));
    if (isHeld) found.push({ id, kind, addedAt, identity });
  }
  return found;
}

/** Who may show this person's code. */
export const holdersOf = (
  sql: Queries,
  person: string,
): Promise<{ id: string; kind: RelativeKind; addedAt: number }[]> =>
  sql.query(
    `select holder as id, kind, added_at as "addedAt" from relatives where relative = $1
     order by added_at, holder`,
    [person],
  );

/** Ends it, by either of the two; whether there was one. */
export async function dropRelative(
  tx: Queries,
  holder: string,
  relative: string,
): Promise<boolean> {
  const rows = await tx.query(
    'delete from relatives where holder = $1 and relative = $2 returning holder',
    [holder, relative],
  );
  return rows.length > 0;
}
