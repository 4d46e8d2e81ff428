import type { EpochMillis } from '../../../core/units.ts';
import type { Sql } from '../../../node/database.ts';
import { compareSums } from './compare-sums.ts';
import { countOldEntries } from './count-old.ts';

/** What the work tells: how many entries it counted once none are left, or that it must wait. */
export interface CountingNews {
  counted(entries: number): void;
  /** So many sums of all gates were not those of the gates. */
  putRight(sums: number): void;
  waiting(error: unknown): void;
}

/** Milliseconds between two looks, and after a failure; between two stretches, uploads go first. */
const lookMs = 60_000;
const restMs = 20;

/**
 * Counts entries of before the hub counted any, in the background, stretch by stretch, and looks
 * every minute whether an older hub on the same database has left more; once a day sums are compared.
 * Returns what ends it, which waits for the stretch under way.
 */
export function keepCounting(
  sql: Sql,
  now: () => EpochMillis,
  news: CountingNews,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  let isEnded = false;
  let sum = 0;
  const stretch = async (): Promise<number> => {
    const counted = await countOldEntries(sql);
    sum += counted;
    if (counted > 0) return restMs;
    if (sum > 0) news.counted(sum);
    sum = 0;
    const wrong = await compareSums(sql, now());
    if (wrong > 0) news.putRight(wrong);
    return lookMs;
  };
  const later = (ms: number): void => {
    if (isEnded) return;
    timer = setTimeout(() => {
      working = stretch()
        .catch((error: unknown) => {
          news.waiting(error);
          return lookMs;
        })
        .then(later);
    }, ms).unref();
  };
  later(0);
  return () => {
    isEnded = true;
    clearTimeout(timer);
    return working;
  };
}
