import { Icon } from '../../../parts/icon.tsx';
import { useApp, useWords } from '../use-ui.ts';
import css from './entry-list.module.css';
import { type Row, rowsOf } from './rows.ts';
import { useIssuerName } from './use-issuer-name.ts';
import { VerdictTag } from './verdict-tag.tsx';

/** Who came in this shift, newest first: verdict, reason, issuer. Nothing personal is in the log. */
export function EntryList() {
  const recent = useApp((state) => state.recent);
  const unsynced = useApp((state) => state.sync.unsynced);
  const { t } = useWords();
  const rows = rowsOf(recent, unsynced);
  if (rows.length === 0) return <p>{t('shift.empty')}</p>;
  return (
    <ol className={css['list']}>
      {rows.map((row) => (
        <Entry key={row.seq} row={row} />
      ))}
    </ol>
  );
}

function Entry({ row }: { row: Row }) {
  const { t, f } = useWords();
  const issuerName = useIssuerName();
  const facts = [
    row.reason === undefined ? t('shift.manual') : t(`reason.${row.reason}.title`),
    row.issuer === undefined ? undefined : issuerName(row.issuer),
    row.temperatureC === undefined ? undefined : f.celsius(row.temperatureC),
    row.companions === undefined ? undefined : t('card.companions', { n: row.companions }),
  ];
  return (
    <li className={css['entry']}>
      <time>{f.time(row.at, true)}</time>
      <VerdictTag state={row.state}>{t(`state.${row.state}`)}</VerdictTag>
      <span className={css['facts']}>{facts.filter((fact) => fact !== undefined).join(' · ')}</span>
      <span className={css['sync']} data-synced={row.synced}>
        <Icon name={row.synced ? 'done' : 'cloud'} />
        {t(row.synced ? 'shift.uploaded' : 'shift.waiting')}
      </span>
    </li>
  );
}
