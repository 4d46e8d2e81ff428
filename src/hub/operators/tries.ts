import { sha256Hex } from '../../core/bytes.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** Wrong tries within the window before one has to wait until it is over. */
const windowMs = 15 * 60_000;
export const mostTries = { account: 10, address: 50 } as const;

/**
 * Counts a try before it is looked at, in the database: N hubs on one count as one, and many at once
 * do not slip through. Seconds to wait, 0 when it may be tried. Names and addresses are kept as hashes.
 */
export async function countTry(
  sql: Queries,
  { account, address }: { account: string; address: string | undefined },
  now: EpochMillis,
): Promise<number> {
  let waitS = 0;
  for (const [kind, whose] of Object.entries({ account: account.toLowerCase(), address })) {
    if (whose === undefined) continue;
    const [row] = await sql.query<{ since: number; tries: number }>(
      `insert into sign_in_tries as t (key, since, tries) values ($1, $2, 1)
       on conflict (key) do update set
         since = case when t.since <= $3 then excluded.since else t.since end,
         tries = case when t.since <= $3 then 1 else t.tries + 1 end
       returning since, tries`,
      [await keyOf(kind, whose), now, now - windowMs],
    );
    if (row && row.tries > mostTries[kind as keyof typeof mostTries])
      waitS = Math.max(waitS, Math.ceil((row.since + windowMs - now) / 1000));
  }
  return waitS;
}

/** It was none: the password was right, and only the code is still wanted. Those before it stay. */
export async function uncountTry(
  sql: Queries,
  { account, address }: { account: string; address: string | undefined },
): Promise<void> {
  for (const [kind, whose] of Object.entries({ account: account.toLowerCase(), address })) {
    if (whose === undefined) continue;
    await sql.query('update sign_in_tries set tries = tries - 1 where key = $1 and tries > 0', [
      await keyOf(kind, whose),
    ]);
  }
}

/** Whoever came in made none, and those before of this account are forgiven; an address's are not. */
export async function forgiveTries(
  sql: Queries,
  whose: { account: string; address: string | undefined },
  now: EpochMillis,
): Promise<void> {
  await uncountTry(sql, whose);
  await sql.query('delete from sign_in_tries where key = $1 or since <= $2', [
    await keyOf('account', whose.account.toLowerCase()),
    now - windowMs,
  ]);
}

const keyOf = (kind: string, whose: string): Promise<string> => sha256Hex(`${kind} ${whose}`);
