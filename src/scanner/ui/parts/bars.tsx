import { Button } from '../../../parts/button.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './bars.module.css';

/** Red while the log cannot be written: a scan that is not kept admits nobody. */
export function StorageBar() {
  const fault = useApp((state) => state.storageFault);
  const { t } = useWords();
  if (fault === undefined) return null;
  return (
    <div role="alert" className={css['storage']}>
      <strong>{t('bar.storage')}</strong>
      <p>{t(`fault.${fault}.next`)}</p>
    </div>
  );
}

/** Offers a waiting update; never takes it by itself. */
export function UpdateBar() {
  const ready = useApp((state) => state.updateReady);
  const { t } = useWords();
  const { applyUpdate } = useActions();
  if (!ready) return null;
  return (
    <div role="status" className={css['update']}>
      <span>{t('bar.update')}</span>
      <Button onClick={applyUpdate}>{t('bar.updateGo')}</Button>
    </div>
  );
}
