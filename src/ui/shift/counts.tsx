import type { VerdictState } from '../../core/verify/verdict.ts';
import { Shape } from '../parts/shape.tsx';
import { useApp, useWords } from '../use-ui.ts';
import css from './counts.module.css';

const states: readonly VerdictState[] = ['pass', 'check', 'stop', 'unknown'];

/** How often each verdict was given in this shift. */
export function Counts() {
  const counts = useApp((state) => state.counts);
  const { t, f } = useWords();
  return (
    <ul className={css['counts']} aria-label={t('bar.counts')}>
      {states.map((state) => (
        <li key={state} data-state={state}>
          <Shape state={state} />
          <span className={css['word']}>{t(`state.${state}`)}</span>
          <b>{f.number(counts[state])}</b>
        </li>
      ))}
    </ul>
  );
}
