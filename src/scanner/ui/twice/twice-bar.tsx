import { Button } from '../../../parts/button.tsx';
import bars from '../parts/bars.module.css';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { useGateName } from './use-twice.ts';

/** A code was let in here and at another gate, which the hub has found out since: to be read, then it goes. */
export function TwiceBar() {
  const newest = useApp((state) => state.twice?.[0]);
  const unread = useApp((state) => state.twiceNew ?? 0);
  const nameOf = useGateName();
  const { t, f } = useWords();
  const { noteTwice } = useActions();
  if (!newest) return null;
  const said = {
    time: f.time(newest.at, true),
    gate: nameOf(newest),
    other: f.time(newest.otherAt, true),
  };
  return (
    <div role="status" className={bars['update']}>
      <span>
        {t('twice.bar', said)}
        {unread > 1 && ` ${t('twice.more', { n: unread - 1 })}`}
      </span>
      <Button onClick={() => void noteTwice()}>{t('twice.noted')}</Button>
    </div>
  );
}
