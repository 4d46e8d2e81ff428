import { isDeepStrictEqual } from 'node:util';
import { dayBegin } from '../../../src/core/log/occupancy.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { countAt } from '../../../src/hub/store/places/zone-count.ts';
import { aheadOfUtc } from '../../../src/hub/zone.ts';
import type { Sql } from '../../../src/node/database.ts';
import { heldSums, recount } from '../../support/recount.ts';
import type { SitePhone } from './site-phones.ts';

/** How many are in the court since the day began, by the entries themselves. */
export function countedByLogs(phones: readonly SitePhone[], now: number): number {
  const at = epochMillis(now);
  const from = dayBegin(at, aheadOfUtc(at));
  let inside = 0;
  for (const { phone } of phones) {
    for (const entry of phone.witness.written.values()) {
      if (entry.at < from) continue;
      if (entry.type === 'scan' && entry.state === 'pass') inside += entry.dir === 'out' ? -1 : 1;
      if (entry.type === 'supervisor' && entry.act === 'count-set')
        inside += (entry.count ?? 0) - (entry.was ?? 0);
    }
  }
  return inside;
}

/** What the hub says of the same at each gate, and whether its sums are those of all logs. */
export async function hubsCount(sql: Sql, phones: readonly SitePhone[], now: number) {
  const said: (number | undefined)[] = [];
  for (const { phone, gate } of phones) {
    const device = phone.witness.written.get(1)?.device ?? '';
    said.push((await countAt(sql, device, gate, epochMillis(now)))?.inside);
  }
  const { sums } = await recount(sql);
  return { said, isRecount: isDeepStrictEqual(await heldSums(sql), sums) };
}
