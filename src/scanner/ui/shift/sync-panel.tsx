import { Button } from '../../../parts/button.tsx';
import { isLasting, reachOf } from '../../app/sync/sync-state.ts';
import { syncWords } from '../sync-words.ts';
import { useActions, useApp, useNow, useWords } from '../use-ui.ts';
import css from './sync-panel.module.css';

export function SyncPanel() {
  const sync = useApp((state) => state.sync);
  const reach = useApp(reachOf);
  const { t, f } = useWords();
  const { syncNow } = useActions();
  const now = useNow(10_000);
  const done = sync.unsynced === 0 && !sync.busy;
  const own = sync.problem !== undefined && isLasting(sync.problem) ? sync.problem : undefined;
  const trouble = reach === 'online' ? own : reach;
  return (
    <div className={css['panel']} data-done={done}>
      <div role="status">
        <p className={css['words']}>{syncWords(sync, t)}</p>
        {trouble !== undefined && <p>{t(`sync.${trouble}`)}</p>}
        <p>
          {sync.lastAt === undefined
            ? t('sync.never')
            : t('sync.lastAt', { ago: f.ago(Math.max(0, (now - sync.lastAt) / 1000)) })}
        </p>
      </div>
      <Button disabled={sync.busy} onClick={() => void syncNow()}>
        {t('sync.now')}
      </Button>
    </div>
  );
}
