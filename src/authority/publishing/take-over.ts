import { openList } from '../../core/trust/lists/lists.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import { CommandError } from '../../node/command-error.ts';
import type { Sql } from '../../node/database.ts';
import { blankBits, changesBetween } from '../lists/status-bits.ts';
import { hostFolder, readLists } from '../trust-folder.ts';
import type { Seat } from './seat.ts';

const farS = 400 * 24 * 3600;

/**
 * The service begins to keep the list: what the ceremony has revoked stays so, and no code gets such
 * an index. Done once; afterwards the ceremony keeps the list no longer.
 */
export async function takeListOver(
  sql: Sql,
  seat: Seat,
  folder: string,
  now: EpochMillis,
): Promise<void> {
  const [done] = await sql.query('select 1 from published_list');
  if (done) return;
  const [issuer, published] = [seat.issuer(), seat.published()];
  const pin = issuer?.list;
  if (!issuer || !pin || !published)
    throw new CommandError(
      `the bundle names no list of ${seat.id}; see npm run keys -- publish-list`,
    );
  const files = (await readLists([issuer], [hostFolder(folder)]))[seat.id];
  const list = await openList(issuer, pin, files, published.bundle);
  if (!list.ok) throw new CommandError(`phones would refuse the list of ${seat.id}: ${list.error}`);
  const indices = changesBetween(blankBits(pin.bits, pin.size), list.value).flatMap(
    (change) => change.indices,
  );
  await sql.transaction(async (tx) => {
    await tx.query(
      `insert into status_indices (idx, kind, state, expires_at, revoked_at, published)
       select idx, 'paper', '', $2, $3, true from json_array_elements_text($1::json) as t(value),
         lateral (select value::bigint as idx) as one on conflict do nothing`,
      [JSON.stringify(indices), toSeconds(now) + farS, now],
    );
  });
}
