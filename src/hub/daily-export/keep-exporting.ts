import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import { CommandError } from '../../node/command-error.ts';
import { codeOf, type Sql, Unavailable } from '../../node/database.ts';
import type { Metrics } from '../http/metrics.ts';
import { aheadOfUtc, dayBegins } from '../zone.ts';
import { noteDone, noteFailing } from './failing.ts';
import { dayAfter, isWritten, writeDay } from './write-day.ts';

/** Why a day could not be written; stable, for alarms. */
export type ExportProblem = 'no-folder' | 'no-room' | 'no-database' | 'failed';

interface Needs {
  readonly sql: Sql;
  readonly clock: { wall(): EpochMillis };
  readonly log: {
    info(facts: object, said: string): void;
    error(facts: object, said: string): void;
  };
  readonly metrics: Pick<Metrics, 'count'>;
}
export interface Exporting {
  readonly folder: string;
  /** After midnight. */
  readonly minutes: number;
}

const lookMs = 60_000;
const againMs = 15 * 60_000;
/** Days of before that are made up for, at most. */
export const mostDays = 31;
const dayMs = 24 * 3_600_000;

/** Exports as the options say, from now on; returns what ends it, which waits for what is being written. */
export function exportDaily(
  { exporting }: { readonly exporting?: Exporting },
  needs: Needs,
): () => Promise<void> {
  if (!exporting) return async () => undefined;
  const folder = resolve(exporting.folder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new CommandError('the folder of --export-folder is not there');
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let isEnded = false;
  const later = (ms: number): void => {
    if (isEnded) return;
    timer = setTimeout(() => {
      const looking = exportFinished({ ...exporting, folder }, needs, () => isEnded);
      working = looking.then((isDone) => later(isDone ? lookMs : againMs));
    }, ms).unref();
  };
  later(0);
  return () => {
    isEnded = true;
    clearTimeout(timer);
    return working;
  };
}

/** Writes every finished day that has no files yet, the oldest first. False when one could not be. */
export async function exportFinished(
  { folder, minutes }: Exporting,
  { sql, clock, log, metrics }: Needs,
  isEnded = () => false,
): Promise<boolean> {
  try {
    const now = clock.wall();
    for (const day of await daysDue(sql, now, minutes)) {
      if (isEnded() || isWritten(folder, day)) continue;
      const entries = await writeDay(sql, folder, day, now);
      metrics.count('kakou_daily_exports_total', { result: 'done' });
      log.info({ day, entries }, 'daily export written');
    }
    await noteDone(sql, 'daily-export');
    return true;
  } catch (error) {
    const problem = problemOf(error);
    await noteFailing(sql, 'daily-export', problem, clock.wall()).catch(() => undefined);
    metrics.count('kakou_daily_exports_total', { result: problem });
    log.error({ problem }, 'daily export failed');
    return false;
  }
}

/** Days that are over by so much, since the first phone was enrolled. */
async function daysDue(sql: Sql, now: EpochMillis, minutes: number): Promise<string[]> {
  const [first] = await sql.query<{ at: number | null }>(
    'select min(enrolled_at) as at from devices',
  );
  if (typeof first?.at !== 'number') return [];
  const today = localDay(epochMillis(now - minutes * 60_000));
  const oldest = localDay(epochMillis(Math.max(first.at, now - mostDays * dayMs)));
  const days: string[] = [];
  for (let day = oldest; day < today; day = dayAfter(day))
    if (dayBegins(dayAfter(day)) <= now) days.push(day);
  return days;
}

const localDay = (at: EpochMillis): string =>
  new Date(at + aheadOfUtc(at) * 60_000).toISOString().slice(0, 10);

function problemOf(error: unknown): ExportProblem {
  if (error instanceof Unavailable) return 'no-database';
  const code = codeOf(error) ?? '';
  if (/^(ENOSPC|EDQUOT|EFBIG)$/.test(code)) return 'no-room';
  return /^(ENOENT|ENOTDIR|EACCES|EPERM|EROFS|EIO|ESTALE|EHOSTDOWN)$/.test(code)
    ? 'no-folder'
    : 'failed';
}
