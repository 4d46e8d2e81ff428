import type { Day } from '../../../core/console/live.ts';
import { useWords } from '../use-console.ts';
import own from './today-page.module.css';

export const outcomes = ['people', 'admitted', 'refused', 'notRecorded'] as const;
const states = ['pass', 'check', 'stop', 'unknown', 'manual'] as const;

/** Everybody of the day by how it ended, and by what the scanner said. */
export function Totals({ day }: { day: Day }) {
  const { t, f } = useWords();
  return (
    <>
      <dl className={own['totals']}>
        {outcomes.map((outcome) => (
          <div key={outcome} data-outcome={outcome}>
            <dt>{t(`today.${outcome}`)}</dt>
            <dd>{f.number(day.total[outcome])}</dd>
          </div>
        ))}
      </dl>
      <dl className={own['totals']}>
        {states.map((state) => (
          <div key={state} data-state={state}>
            <dt>{t(`state.${state}`)}</dt>
            <dd>{f.number(day.states[state])}</dd>
          </div>
        ))}
      </dl>
      <Moved moved={day.moved} />
    </>
  );
}

const others = [
  ['today.left', 'wentOut'],
  ['today.held', 'held'],
  ['today.looks', 'looks'],
] as const;

/** Who is in none of the numbers above: who left, and codes that were only looked at. */
function Moved({ moved }: Pick<Day, 'moved'>) {
  const { t, f } = useWords();
  const said = others.filter(([, name]) => moved[name] !== 0);
  if (said.length === 0) return null;
  return (
    <dl className={own['totals']}>
      {said.map(([word, name]) => (
        <div key={name}>
          <dt>{t(word)}</dt>
          <dd>{f.number(moved[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
