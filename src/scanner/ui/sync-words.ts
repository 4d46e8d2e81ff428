import type { AppState } from '../app/state.ts';
import type { Translate } from '../words/translate.ts';

/** Whether everything is with the hub, in one sentence a guard can act on. */
export function syncWords(sync: AppState['sync'], t: Translate): string {
  if (sync.busy) return t('sync.busy');
  if (sync.unsynced === 0) return t('sync.done');
  return t('sync.waiting', { n: sync.unsynced });
}
