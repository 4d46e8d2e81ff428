import { Fragment } from 'react';
import type { FoundEntry } from '../../../core/console/entries.ts';
import { isTime, tableColumns, tableRows } from '../../../core/table/table.ts';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { useDesk, useWords } from '../use-console.ts';
import own from './history.module.css';
import { logSpeech, readFound } from './log-words.ts';

interface Props {
  found: FoundEntry;
  gateName: string;
  onClose: () => void;
}

/** All an entry says, under the names of the table’s columns, and the very text that was signed. */
export function EntryDialog({ found, gateName, onClose }: Props) {
  const { t, f } = useWords();
  const { words, say } = logSpeech(useDesk((state) => state.language));
  const entry = readFound(found);
  const [row] = entry ? tableRows([entry], words) : [];
  const facts = tableColumns.flatMap((column) => {
    const value = row?.[column];
    if (value === undefined || column === 'utc' || column === 'offset') return [];
    if (isTime(column) && typeof value === 'number') return [[column, f.stamp(value)] as const];
    if (column === 'gate') return [[column, gateName] as const];
    if (typeof value === 'number') return [[column, f.number(value)] as const];
    return [[column, words.format?.(column, value) ?? String(value)] as const];
  });
  return (
    <Dialog title={t('entry.title', { seq: found.seq })} onClose={onClose}>
      {!entry && <p className={css['note']}>{t('entry.unread')}</p>}
      {!found.trusted && (
        <p className={css['note']} data-kind="wrong">
          {t('entry.late')}
        </p>
      )}
      <dl className={css['facts']}>
        {facts.map(([column, value]) => (
          <Fragment key={column}>
            <dt>{words.headers[column]}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
        {found.outcome !== null && row?.outcome === undefined && (
          <>
            <dt>{words.headers.outcome}</dt>
            <dd>{say('outcome', found.outcome)}</dd>
          </>
        )}
        <dt>{t('entry.received')}</dt>
        <dd>{f.stamp(found.receivedAt)}</dd>
      </dl>
      <details>
        <summary>{t('entry.signed')}</summary>
        <pre className={own['signed']}>{found.entry}</pre>
      </details>
    </Dialog>
  );
}
