import type { EntryQuestion, EntrySearch } from '../../../core/console/entries.ts';
import { epochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import type { Operator } from '../../operators/accounts.ts';
import type { EntryFilter } from '../../store/console/search.ts';
import { gateNamesById, gatesEver } from '../../store/places/gates.ts';

/** What was asked for within what the operator may see. */
export interface Found {
  readonly filter: EntryFilter;
  /** What these gates are called, those among them that the operator may see. */
  namesOf(gates: Iterable<string>): Promise<ReadonlyMap<string, string>>;
}

/** Of whoever may see all gates none is read but by its id: there may be tens of thousands. */
export async function filterOf(
  sql: Queries,
  { areas }: Pick<Operator, 'areas'>,
  { from, to, site, pass, after: _, ...same }: EntryQuestion & EntrySearch,
): Promise<Found> {
  const isAll = areas === 'all' && site === undefined;
  const mine = isAll ? undefined : await gatesEver(sql, areas, site);
  return {
    namesOf: async (gates) => mine ?? gateNamesById(sql, [...new Set(gates)]),
    filter: {
      ...same,
      area: mine && [...mine.keys()],
      ...(from !== undefined && { from: epochMillis(from) }),
      ...(to !== undefined && { to: epochMillis(to) }),
      ...(pass !== undefined && { pass: { jti: pass } }),
    },
  };
}
