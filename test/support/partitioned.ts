import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from '../../src/node/database.ts';

const guide = join(import.meta.dirname, '..', '..', 'docs', 'growing.md');

const printedWeeks = 'weeks constant int := 26;';

/** Turns `scans` into the partitioned table of docs/growing.md, by the very SQL printed there. */
export async function partition(sql: Sql, since: Date, weeks = 26): Promise<void> {
  const [, printed] =
    /```sql\n(begin;\n[\s\S]*?commit;)\n```/.exec(readFileSync(guide, 'utf8')) ?? [];
  if (!printed?.includes(printedWeeks)) throw new Error('docs/growing.md holds no partitioning');
  await sql.query(
    printed
      .replace('now()', `timestamptz '${since.toISOString()}'`)
      .replace(printedWeeks, printedWeeks.replace('26', `${weeks}`)),
  );
}
