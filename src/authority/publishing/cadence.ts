import type { ListPin } from '../../core/trust/bundle.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import { dayOf } from '../lists/pins.ts';
import { waiting } from '../store/indices.ts';

/** Milliseconds: a list is published anew this often, changed or not, so that it never looks old. */
const everyMs = 3_600_000;
/** Between two urgent ones: each is a bundle that every phone fetches. */
const urgentGapMs = 20_000;
/** What is not urgent waits this long at most, with a minute to spare. */
const calmMs = everyMs - 60_000;

export type Due = 'urgent' | 'hourly' | 'new-day' | 'not-ours';

/** Whether a list or delta is to be published now, and why; `pin` is what the bundle says of it. */
export async function duePublication(
  sql: Queries,
  pin: ListPin | undefined,
  now: EpochMillis,
): Promise<Due | undefined> {
  const [last] = await sql.query<{ day: string; at: number; sha256: string }>(
    'select day, at, sha256 from published_list',
  );
  if (!last || last.day < dayOf(toSeconds(now))) return 'new-day';
  if (pin?.sha256 !== last.sha256) return 'not-ours';
  const { urgent, any } = await waiting(sql);
  if (urgent !== null && now - last.at >= urgentGapMs) return 'urgent';
  const isOld = now - last.at >= calmMs || (any !== null && now - any >= calmMs);
  return isOld ? 'hourly' : undefined;
}
