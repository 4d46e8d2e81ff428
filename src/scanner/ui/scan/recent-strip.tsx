import { lookOf } from '../../../parts/shape.tsx';
import { rowsOf } from '../shift/rows.ts';
import { VerdictTag } from '../shift/verdict-tag.tsx';
import { useBehind, useWords } from '../use-ui.ts';
import css from './recent-strip.module.css';

/**
 * The last verdicts with their times; as many as fit in one line, after how many people's outcome
 * nobody said. A tap, here or on the counts above, opens the last people again.
 */
export function RecentStrip({ onOpen }: { onOpen: () => void }) {
  const recent = useBehind((state) => state.recent);
  const open = useBehind((state) => (state.card ? 0 : state.outcomes.notRecorded));
  const { t, f } = useWords();
  const rows = rowsOf(recent, 0).slice(0, 24);
  return (
    <>
      <button
        type="button"
        className={css['open']}
        aria-label={t('bar.recent')}
        onClick={() => onOpen()}
      />
      {open > 0 && <strong className={css['missing']}>{t('last.open', { n: open })}</strong>}
      <ol className={css['strip']} aria-label={t('bar.recent')}>
        {rows.map((row) => (
          <li key={row.seq}>
            <VerdictTag state={lookOf(row)}>
              <span className={css['word']}>{t(`state.${lookOf(row)}`)}</span>
              <time>{f.time(row.at)}</time>
            </VerdictTag>
          </li>
        ))}
      </ol>
    </>
  );
}
