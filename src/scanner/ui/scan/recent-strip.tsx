import { rowsOf } from '../shift/rows.ts';
import { VerdictTag } from '../shift/verdict-tag.tsx';
import { useApp, useWords } from '../use-ui.ts';
import css from './recent-strip.module.css';

/** The last verdicts with their times; as many as fit in one line. */
export function RecentStrip() {
  const recent = useApp((state) => state.recent);
  const { t, f } = useWords();
  const rows = rowsOf(recent, 0).slice(0, 24);
  return (
    <ol className={css['strip']} aria-label={t('bar.recent')}>
      {rows.map((row) => (
        <li key={row.seq}>
          <VerdictTag state={row.state}>
            <span className={css['word']}>{t(`state.${row.state}`)}</span>
            <time>{f.time(row.at)}</time>
          </VerdictTag>
        </li>
      ))}
    </ol>
  );
}
