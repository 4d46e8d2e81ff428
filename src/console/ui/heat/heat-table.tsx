import { useEffect, useRef } from 'react';
import type { HeatHour, HeatMap } from '../../../core/console/live.ts';
import { hashOf } from '../../app/console.ts';
import { useWords } from '../use-console.ts';
import own from './heat-page.module.css';

const nobody: HeatHour = { people: 0, refused: 0 };
const sumOf = (hours: readonly HeatHour[]): HeatHour =>
  hours.reduce(
    (sum, { people, refused }) => ({
      people: sum.people + people,
      refused: sum.refused + refused,
    }),
    nobody,
  );
const shades = 6;

/** Hours down, days across; every shade has its number, and the refused theirs below it. */
export function HeatTable({ heat: { days, gate } }: { heat: HeatMap }) {
  const { t, f } = useWords();
  const most = Math.max(1, ...days.flatMap(({ hours }) => hours.map(({ people }) => people)));
  const shade = (people: number) => (people === 0 ? 0 : Math.ceil((shades * people) / most));
  // local days and hours as dates: formats know no other
  const at = (day: string, hour = 0) => new Date(`${day}T00:00:00`).setHours(hour);
  const hour = (of: number) => `${String(of).padStart(2, '0')}:00`;
  const scroll = useRef<HTMLElement>(null);
  useEffect(() => {
    // the newest days lie at the end
    if (days.length > 0) scroll.current?.scrollTo(scroll.current.scrollWidth, 0);
  }, [days]);
  const isEmpty = days.every(({ hours }) => sumOf(hours).people === 0);
  if (isEmpty) return <p>{t('heat.none')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys as well
    <section ref={scroll} className={own['scroll']} tabIndex={0} aria-label={t('page.heat')}>
      <table className={own['heat']}>
        <thead>
          <tr>
            <th scope="col">{t('heat.hour')}</th>
            {days.map(({ day }) => (
              <th key={day} scope="col">
                <a href={hashOf('today', gate?.id, day)}>{f.date(at(day))}</a>
              </th>
            ))}
            <th scope="col">{t('heat.sum')}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: 24 }, (_, of) => (
            <tr key={hour(of)}>
              <th scope="row">{hour(of)}</th>
              {days.map(({ day, hours }) => (
                <td key={day} data-shade={shade(hours[of]?.people ?? 0)}>
                  <Cell
                    {...(hours[of] ?? nobody)}
                    href={hashOf('today', gate?.id, day)}
                    label={(counts) =>
                      t('heat.cell', { ...counts, day: f.date(at(day)), time: hour(of) })
                    }
                  />
                </td>
              ))}
              <td data-sum>
                <Numbers {...sumOf(days.map(({ hours }) => hours[of] ?? nobody))} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('heat.sum')}</th>
            {days.map(({ day, hours }) => (
              <td key={day} data-sum>
                <Numbers {...sumOf(hours)} />
              </td>
            ))}
            <td data-sum>
              <Numbers {...sumOf(days.flatMap(({ hours }) => hours))} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface CellProps extends HeatHour {
  href: string;
  label: (counts: { people: string; refused: string }) => string;
}

/** By keys the day's own head is enough: 720 stops would be none. */
function Cell({ people, refused, href, label }: CellProps) {
  const { f } = useWords();
  if (people === 0) return <span>0</span>;
  const said = label({ people: f.number(people), refused: f.number(refused) });
  return (
    <a href={href} tabIndex={-1} title={said}>
      <Numbers people={people} refused={refused} />
    </a>
  );
}

function Numbers({ people, refused }: HeatHour) {
  const { t, f } = useWords();
  return (
    <>
      {f.number(people)}
      {refused > 0 && (
        <small>
          <span className={own['spoken']}>{t('today.refused')} </span>
          {f.number(refused)}
        </small>
      )}
    </>
  );
}
