import { sha256Hex } from '../../core/bytes.ts';
import { shanghaiDay } from '../../core/health/shanghai.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries, Sql } from '../../node/database.ts';
import { type Actor, recordAct } from '../../node/store/act-log.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';
import { nobody, type Recomputed, recompute, sum } from '../standing/recompute.ts';
import { type FactFileProblem, openFactFile } from './fact-file.ts';
import { type FactLine, type LineProblem, readCsvLines, readJsonLines } from './fact-lines.ts';
import { findSource, type Source } from './sources.ts';

export interface Imported {
  readonly source: string;
  readonly batch: string;
  readonly taken: number;
  readonly duplicates: number;
  readonly withdrawn: number;
  readonly rejected: readonly { readonly line: number; readonly problem: LineProblem }[];
}

export interface ImportNeeds {
  readonly sql: Sql;
  readonly cipher: ColumnCipher;
  readonly now: EpochMillis;
  readonly by: Actor;
}

export type ImportProblem = FactFileProblem | 'other-batch';
export type ImportAnswer = Imported & { readonly replayed: boolean; readonly changed: Recomputed };

const stride = 500;

/**
 * Takes a source's signed file in, once: the same batch again gives the same answer and changes
 * nothing, other content under its name is `other-batch`. A line that is not good is told by its number
 * and blocks none behind it. All of it is written in one transaction, and then the people it is about
 * are judged anew.
 */
export async function importFacts(
  text: string,
  needs: ImportNeeds,
): Promise<Result<ImportAnswer, ImportProblem>> {
  const { sql, cipher, now, by } = needs;
  const opened = await openFactFile(text, async (id) => (await findSource(sql, id))?.jwk);
  if (!opened.ok) return opened;
  const { source: id, batch, format } = opened.value;
  const source = await findSource(sql, id);
  if (!source) return err('unknown-source');
  const today = shanghaiDay(now);
  const read = format === 'csv' ? readCsvLines : readJsonLines;
  const lines = read(opened.value.text, today);
  if (!lines) return err('bad-shape');
  const sha256 = await sha256Hex(opened.value.text);

  return sql.transaction(async (tx) => {
    await tx.query('select id from sources where id = $1 for update', [id]);
    const [before] = await tx.query<{ sha256: string; answer: string }>(
      'select sha256, answer from fact_batches where source = $1 and batch = $2',
      [id, batch],
    );
    if (before && before.sha256 !== sha256) return err('other-batch');
    if (before)
      return ok({ ...(JSON.parse(before.answer) as Imported), replayed: true, changed: nobody });
    const counts = { taken: 0, duplicates: 0, withdrawn: 0 };
    const rejected: { line: number; problem: LineProblem }[] = [];
    const subjects = new Set<string>();
    for (const { line, read: one } of lines) {
      const done = one.ok ? await take(tx, one.value, { source, batch, cipher, now }) : one;
      if (!done.ok) rejected.push({ line, problem: done.error });
      else {
        counts[done.value.became]++;
        for (const subject of done.value.subjects) subjects.add(subject);
      }
    }
    const answer: Imported = { source: id, batch, ...counts, rejected };
    await tx.query(
      'insert into fact_batches (source, batch, sha256, at, answer) values ($1, $2, $3, $4, $5)',
      [id, batch, sha256, now, JSON.stringify(answer)],
    );
    const facts = { source: id, batch, ...counts, rejected: rejected.length };
    await recordAct(tx, { at: now, by, act: 'facts-imported', facts });
    return ok({ ...answer, replayed: false, changed: await judgeThem(tx, [...subjects], now) });
  });
}

async function judgeThem(
  tx: Queries,
  subjects: readonly string[],
  now: EpochMillis,
): Promise<Recomputed> {
  let changed = nobody;
  for (let at = 0; at < subjects.length; at += stride) {
    const rows = await tx.query<{ id: string }>('select id from persons where subject = any($1)', [
      subjects.slice(at, at + stride),
    ]);
    changed = sum(
      changed,
      await recompute(
        tx,
        rows.map(({ id }) => id),
        now,
      ),
    );
  }
  return changed;
}

interface Taking {
  readonly source: Source;
  readonly batch: string;
  readonly cipher: ColumnCipher;
  readonly now: EpochMillis;
}
interface Taken {
  readonly became: 'taken' | 'duplicates' | 'withdrawn';
  readonly subjects: readonly string[];
}

async function take(
  tx: Queries,
  line: FactLine,
  taking: Taking,
): Promise<Result<Taken, LineProblem>> {
  const { source, batch, cipher, now } = taking;
  if ('withdraws' in line) return withdraw(tx, source.id, line.withdraws, now);
  if (!source.kinds.includes(line.kind)) return err('kind');
  const { document, guardian, ...fact } = line;
  const subject = cipher.subjectOf(document);
  const value = guardian ? cipher.subjectOf(guardian) : (fact.value ?? null);
  const { id, kind, district = null, at, until = null } = fact;
  const content = await sha256Hex(JSON.stringify([subject, kind, value, district, at, until]));
  const made = await tx.query(
    `insert into facts (source, id, subject, kind, value, district, at, until, content_sha256, batch,
       taken_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (source, id) do nothing returning id`,
    [source.id, id, subject, kind, value, district, at, until, content, batch, now],
  );
  if (made.length > 0) return ok({ became: 'taken', subjects: [subject] });
  const [known] = await tx.query<{ content_sha256: string }>(
    'select content_sha256 from facts where source = $1 and id = $2',
    [source.id, id],
  );
  if (known?.content_sha256 !== content) return err('conflict');
  return ok({ became: 'duplicates', subjects: [] });
}

/** A fact no longer holds. Taken back, it stays on record with the time it was. */
export async function withdraw(
  tx: Queries,
  source: string,
  id: string,
  now: EpochMillis,
): Promise<Result<Taken, LineProblem>> {
  const rows = await tx.query<{ subject: string; first: boolean }>(
    `update facts set withdrawn_at = coalesce(withdrawn_at, $3) where source = $1 and id = $2
     returning subject, withdrawn_at = $3 as first`,
    [source, id, now],
  );
  const [row] = rows;
  if (!row) return err('unknown');
  return ok(
    row.first
      ? { became: 'withdrawn', subjects: [row.subject] }
      : { became: 'duplicates', subjects: [] },
  );
}
