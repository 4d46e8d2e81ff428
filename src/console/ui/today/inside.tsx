import type { Inside as Counted, SiteDay } from '../../../core/console/live.ts';
import css from '../parts/desk.module.css';
import { NumberTable } from '../parts/number-table.tsx';
import { useWords } from '../use-console.ts';
import own from './today-page.module.css';

interface Row extends Counted {
  readonly key: string;
  readonly name: string;
  readonly capacity?: number;
  readonly hidden: number;
}

/** A site of one zone that all its gates lead to is told once. */
const rowsOf = (sites: readonly SiteDay[], word: string): Row[] =>
  sites.flatMap(({ site, name, zones, ...whole }) => {
    const [only] = zones;
    const isOne =
      zones.length === 1 && only?.wentIn === whole.wentIn && only.wentOut === whole.wentOut;
    return [
      ...(isOne ? [] : [{ key: site, name: `${name} · ${word}`, hidden: 0, ...whole }]),
      ...zones.map(({ zone, name: called, ...counted }) => ({
        ...{ key: `${site} ${zone}`, name: `${name} · ${called}` },
        ...counted,
      })),
    ];
  });

/** Head counts of sites and of the places in them, with how many there is room for. */
export function Inside({ sites }: { sites: readonly SiteDay[] }) {
  const { t, f } = useWords();
  const rows = rowsOf(sites, t('today.wholeSite'));
  const putRight = rows.some((row) => row.putRight !== 0);
  return (
    <>
      <NumberTable
        rows={rows}
        head={t('today.place')}
        keyOf={({ key }) => key}
        name={({ name, hidden, inside }) => (
          <>
            {name}
            {inside < 0 && <strong className={css['alarm']}> {t('today.wrong')}</strong>}
            {hidden > 0 && (
              <span className={css['hint']}> {t('today.hidden', { count: hidden })}</span>
            )}
          </>
        )}
        columns={[
          { head: t('today.wentIn'), cell: ({ wentIn }) => f.number(wentIn) },
          { head: t('today.wentOut'), cell: ({ wentOut }) => f.number(wentOut) },
          ...(putRight
            ? [{ head: t('today.putRight'), cell: (row: Row) => f.number(row.putRight) }]
            : []),
          // nobody is inside less than nobody
          { head: t('today.now'), cell: ({ inside }) => <b>{f.number(Math.max(0, inside))}</b> },
          {
            head: t('today.capacity'),
            isText: true,
            cell: ({ capacity, inside }) =>
              capacity === undefined ? '—' : <Room capacity={capacity} inside={inside} />,
          },
        ]}
      />
      <p className={css['hint']}>{t('today.insideHow')}</p>
    </>
  );
}

function Room({ capacity, inside }: { capacity: number; inside: number }) {
  const { t, f } = useWords();
  const percent = capacity === 0 ? 100 : Math.max(0, Math.floor((100 * inside) / capacity));
  return (
    <span className={own['room']}>
      {f.number(capacity)}{' '}
      {inside >= capacity ? (
        <strong className={css['alarm']}>{t('today.full')}</strong>
      ) : (
        <span className={css['hint']}>{t('today.share', { percent: f.number(percent) })}</span>
      )}
    </span>
  );
}
