import { inTurn, type Queries, type Sql, type Statement } from '../../../src/node/database.ts';
import { hot } from '../../../src/node/together.ts';

/** Indexes of `scans` that the console's pages need, without `scans_`. */
const indexes = [
  'newest_marks',
  'by_time',
  'by_pass',
  'by_state',
  'by_reason',
  'by_outcome',
  'by_root',
  'uncounted',
  'by_shift',
  'marks_by_gate',
] as const;

/** The statement of each table of sums. */
const sums = {
  gate_people:
    'insert into gate_people\\s[\\s\\S]*?refused = [\\w.]+ \\+ excluded\\.refused returning gate',
  gate_hours:
    'insert into gate_hours\\s[\\s\\S]*?companions = [\\w.]+ \\+ excluded\\.companions returning gate',
  hub_hours: 'insert into hub_hours\\s[\\s\\S]*?count = hub_hours\\.count \\+ excluded\\.count',
} as const;
type SumsTable = keyof typeof sums;

const scansText = /insert into scans \([\s\S]*?\) where /g;
/** Parameters of the entries' own columns before there were others. */
const plainColumns = 12;

/** What intake is measured without. */
export interface LeftOut {
  readonly indexes: readonly string[];
  readonly sums: readonly SumsTable[];
  /** What entries say, in columns of their own. */
  readonly columns: boolean;
}

/** `all`, or names with commas between them. */
export function leftOut(names: string): LeftOut {
  const tables = Object.keys(sums) as SumsTable[];
  if (names === 'all') return { indexes, sums: tables, columns: true };
  const asked = names.split(',').filter((name) => name !== '');
  const found = {
    indexes: asked.filter((name) => indexes.some((index) => index === name)),
    sums: tables.filter((table) => asked.includes(table)),
    columns: false,
  };
  if (found.indexes.length + found.sums.length !== asked.length)
    throw new Error(`--without takes all, or some of ${[...indexes, ...tables].join(', ')}`);
  return found;
}

/** The indexes dropped, and every table of sums that would be filled found empty. */
export async function dropIndexes(sql: Sql, left: LeftOut): Promise<void> {
  for (const name of left.indexes) await sql.query(`drop index scans_${name}`);
}

export async function assertLeftOut(sql: Sql, left: LeftOut): Promise<void> {
  for (const table of left.sums)
    if ((await sql.query(`select 1 from ${table} limit 1`)).length > 0)
      throw new Error(`${table} was filled without, too`);
}

/**
 * The hub's statements without some. What the columns and sums left out were given goes as null, and is
 * named, for a parameter nobody names has no type.
 */
export function without(sql: Sql, left: LeftOut): Sql {
  const known = new Map<string, Plain>();
  const plain = (text: string, params: readonly unknown[] = []): Statement => {
    const { unused, ...kept } = known.get(text) ?? plainOf(text, left);
    known.set(text, { unused, ...kept });
    return { ...kept, params: params.map((param, i) => (unused.has(i) ? null : param)) };
  };
  const asked =
    (on: Queries): Queries['query'] =>
    (text, params) => {
      const one = plain(text, params);
      return on.query(one.text, one.params, one.name);
    };
  return {
    ...sql,
    query: asked(sql),
    inTurn: (all) =>
      inTurn(
        sql,
        all.map(({ text, params }) => plain(text, params)),
      ),
    transaction: (work) => sql.transaction((tx) => work({ query: asked(tx) })),
  };
}

type Plain = ReturnType<typeof plainOf>;

/** Named as the hub names its own, and the places of the parameters that are left out. */
function plainOf(text: string, left: LeftOut) {
  const places = new Set<number>();
  const unused = (part: string, from: number): string =>
    [...part.matchAll(/\$(\d+)(::\w+(?:\[\])?)?/g)]
      .slice(from)
      .map(([whole, n]) => {
        places.add(Number(n) - 1);
        return whole;
      })
      .join(', ');
  let kept = text;
  for (const table of left.sums)
    kept = kept.replace(new RegExp(sums[table], 'g'), (part) => `select ${unused(part, 0)}`);
  if (left.columns)
    kept = kept.replace(scansText, (part) => {
      const rest = [...part.matchAll(/\$\d+/g)][plainColumns];
      const head = part
        .slice(0, rest?.index)
        .replace(/,\s*$/, '')
        .replace(/,\s*state, reason, issuer.*?root\)/s, ')');
      return `${head}) where num_nulls(${unused(part, plainColumns)}) > 0 and `;
    });
  return { ...hot(kept), unused: places };
}
