import type { Queries } from '../../node/database.ts';

/** A count that could point at somebody is not told. */
const fewest = 10;

export interface Statistics {
  readonly persons: number;
  /** People by state; `-` where a rule could not be worked out. Null: fewer than ten. */
  readonly states: Readonly<Record<string, number | null>>;
  /** The same by district they declared. */
  readonly districts: readonly {
    readonly district: string;
    readonly state: string;
    readonly count: number | null;
  }[];
  readonly types: Readonly<Record<string, number | null>>;
  readonly openAppeals: number;
}

const told = (count: number): number | null => (count < fewest ? null : count);

/** How many there are of what: sums, and none of them small enough to be one family. */
export async function statistics(sql: Queries): Promise<Statistics> {
  const rows = await sql.query<{ district: string | null; state: string | null; count: number }>(
    'select district, state, count(*)::int as count from standings group by district, state',
  );
  const types = await sql.query<{ type: string; count: number }>(
    'select type, count(*)::int as count from persons group by type order by type',
  );
  const [appeals] = await sql.query<{ count: number }>(
    'select count(*)::int as count from appeals where outcome is null',
  );
  const states = new Map<string, number>();
  for (const { state, count } of rows)
    states.set(state ?? '-', (states.get(state ?? '-') ?? 0) + count);
  return {
    persons: types.reduce((total, { count }) => total + count, 0),
    states: Object.fromEntries([...states].map(([state, count]) => [state, told(count)])),
    districts: rows
      .filter((row) => row.district !== null)
      .map(({ district, state, count }) => ({
        ...{ district: district ?? '', state: state ?? '-', count: told(count) },
      })),
    types: Object.fromEntries(types.map(({ type, count }) => [type, told(count)])),
    openAppeals: appeals?.count ?? 0,
  };
}
