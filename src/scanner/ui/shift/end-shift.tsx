import { Button } from '../../../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './shift-sheet.module.css';

/** Asks once more, and says whether something is still only on this phone. */
export function EndShift({ onClose }: { onClose: () => void }) {
  const unsynced = useApp((state) => state.sync.unsynced);
  const { t } = useWords();
  const { endShift } = useActions();
  return (
    <Sheet size="ask" title={t('shift.endTitle')} onClose={onClose}>
      <p>{unsynced === 0 ? t('shift.endClear') : t('shift.endWaiting', { n: unsynced })}</p>
      <div className={css['actions']}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button kind="danger" onClick={() => void endShift()}>
          {t('shift.end')}
        </Button>
      </div>
    </Sheet>
  );
}
