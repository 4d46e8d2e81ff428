import type { Day } from '../../../core/console/live.ts';
import { useWords } from '../use-console.ts';
import own from './today-page.module.css';

/** People by hour as bars, each with its number for who cannot see it. */
export function HourBars({ hours }: { hours: Day['hours'] }) {
  const { t, f } = useWords();
  const most = Math.max(1, ...hours.map(({ people }) => people));
  return (
    <ol className={own['bars']}>
      {hours.map(({ hour, people, refused }, at) => (
        <li key={hour}>
          <span className={own['number']}>{people > 0 && f.number(people)}</span>
          <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
            <rect
              className={own['all']}
              width="10"
              y={100 - (100 * people) / most}
              height={(100 * people) / most}
            />
            <rect
              className={own['refused']}
              width="10"
              y={100 - (100 * refused) / most}
              height={(100 * refused) / most}
            />
          </svg>
          <span className={own['hour']} data-main={at % 3 === 0}>
            {f.time(hour)}
          </span>
          <span className={own['spoken']}>{t('today.inHour', { people, refused })}</span>
        </li>
      ))}
    </ol>
  );
}
