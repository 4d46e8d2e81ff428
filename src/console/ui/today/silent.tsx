import type { Day } from '../../../core/console/live.ts';
import { hashOf } from '../../app/console.ts';
import css from '../parts/desk.module.css';
import { NumberTable } from '../parts/number-table.tsx';
import { useMay, useWords } from '../use-console.ts';

/** Gates by name whose phones are on shift and say nothing, the longest first. */
export function Silent({ silent }: { silent: Day['silent'] }) {
  const { t, f } = useWords();
  const mayLook = useMay('devices:read');
  if (silent.length === 0) return <p className={css['hint']}>{t('today.silentNone')}</p>;
  return (
    <>
      <NumberTable
        rows={silent}
        head={t('gates.name')}
        keyOf={({ device }) => device}
        name={({ gate, name }) => <a href={hashOf('today', gate)}>{name}</a>}
        columns={[
          {
            head: t('today.silentSince'),
            cell: ({ heardAt }) => (heardAt === 0 ? t('today.silentNever') : f.time(heardAt)),
          },
          { head: t('today.silentShift'), cell: ({ since }) => f.time(since) },
        ]}
      />
      {mayLook && (
        <p>
          <a href={hashOf('phones')}>{t('today.toPhones')}</a>
        </p>
      )}
    </>
  );
}
