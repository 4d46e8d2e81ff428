import type { LogEntry } from '../../../core/log/entry.ts';
import type { AppStore } from '../store.ts';
import type { LogStore } from '../stores.ts';
import { counted } from './counts.ts';

/** What the shift screen holds in memory, 1 KB each; the rest stays in the log. */
const maxRecent = 100;

/** Puts a written entry on screen: newest first, counted, waiting to be synced. */
export function remember(store: AppStore, entry: LogEntry): void {
  const { recent, tally, sync } = store.getState();
  store.setState({
    recent: [entry, ...recent].slice(0, maxRecent),
    ...counted(tally, entry.shift, [entry]),
    sync: { ...sync, unsynced: sync.unsynced + 1 },
  });
}

/** Reads the running shift back from the log, after a start or a crash. */
export async function recall(
  store: AppStore,
  log: LogStore,
  shift: string | undefined,
): Promise<void> {
  const entries = shift === undefined ? [] : await log.readShift(shift);
  const [head, cursor] = await Promise.all([log.head(), log.cursor()]);
  const { sync } = store.getState();
  store.setState({
    recent: entries.slice(-maxRecent).reverse(),
    ...counted(undefined, shift ?? '', entries),
    sync: {
      ...sync,
      unsynced: Math.max(0, head.seq - (cursor?.seq ?? 0)),
      ...(cursor && { lastAt: cursor.at }),
    },
  });
}
