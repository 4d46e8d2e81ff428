import type { Queries } from './database.ts';

/** A statement on its way. */
export interface Statement {
  readonly text: string;
  readonly params: readonly unknown[];
}

/**
 * Statements that change different tables, in one round trip: the last, whose rows are given back, with those
 * before it as data-modifying `with` queries, which run whether or not anything reads them. All see what was
 * there before any of them; `s0`, `s1` … are the rows that those before return, `@before` those of the one
 * before. In which order they run is the database's choice (PostgreSQL begins with the last), but one that
 * reads another's rows to their end runs after it.
 */
export async function together<Row>(
  tx: Queries,
  statements: readonly Statement[],
): Promise<readonly Row[]> {
  const last = statements.at(-1);
  if (!last) return [];
  const params: unknown[] = [];
  const texts = statements.map((one, i) => {
    const before = params.length;
    params.push(...one.params);
    return one.text
      .replace(/\$(\d+)/g, (_, n: string) => `$${before + Number(n)}`)
      .replaceAll('@before', `s${i - 1}`);
  });
  const first = texts.slice(0, -1).map((text, i) => `s${i} as (${text})`);
  const all = `${first.length > 0 ? `with ${first.join(', ')} ` : ''}${texts.at(-1)}`;
  return tx.query<Row>(all, params);
}
