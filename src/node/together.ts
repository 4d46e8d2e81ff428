import { createHash } from 'node:crypto';
import type { Queries, Statement } from './database.ts';

/** Name and text by what they are made of: few, for texts are written by us and not made of what comes in. */
const composed = new Map<string, Required<Pick<Statement, 'text' | 'name'>>>();
const mostComposed = 200;

/** A text under a name of its own, the same in every process. */
export function hot(text: string): Required<Pick<Statement, 'text' | 'name'>> {
  const name = `k${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  return { text, name };
}

/**
 * Statements that change different tables, as one: the last, whose rows are given back, with those
 * before it as data-modifying `with` queries, which run whether or not anything reads them. All see what was
 * there before any of them; `s0`, `s1` … are the rows that those before return, `@before` those of the one
 * before. In which order they run is the database's choice (PostgreSQL begins with the last), but one that
 * reads another's rows to their end runs after it.
 */
export function joined(statements: readonly Statement[]): Statement {
  const key = statements.map(({ text, params }) => `${params.length} ${text}`).join(';');
  const known = composed.get(key) ?? hot(compose(statements));
  if (composed.size < mostComposed) composed.set(key, known);
  return { ...known, params: statements.flatMap(({ params }) => params) };
}

function compose(statements: readonly Statement[]): string {
  let before = 0;
  const texts = statements.map(({ text, params }, i) => {
    const shift = before;
    before += params.length;
    return text
      .replace(/\$(\d+)/g, (_, n: string) => `$${shift + Number(n)}`)
      .replaceAll('@before', `s${i - 1}`);
  });
  const first = texts.slice(0, -1).map((text, i) => `s${i} as (${text})`);
  return `${first.length > 0 ? `with ${first.join(', ')} ` : ''}${texts.at(-1)}`;
}

/** The same, asked. */
export async function together<Row>(
  tx: Queries,
  statements: readonly Statement[],
): Promise<readonly Row[]> {
  if (statements.length === 0) return [];
  const { text, params, name } = joined(statements);
  return tx.query<Row>(text, params, name);
}
