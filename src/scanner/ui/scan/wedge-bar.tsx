import type { WedgeTrouble } from '../../../ports/code-reader.ts';
import bars from '../parts/bars.module.css';
import { useWords } from '../use-ui.ts';

/** A hardware scanner types, and not what it read: what to set on it. */
export function WedgeBar({ trouble }: { trouble: WedgeTrouble }) {
  const { t } = useWords();
  return (
    <div role="alert" className={bars['update']}>
      <span>
        {t(`wedge.${trouble}`)}
        <br />
        {t('wedge.next')}
      </span>
    </div>
  );
}
