import type { VerdictState } from '../../../core/verify/verdict.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Shape } from '../../../parts/shape.tsx';
import { useApp, useBehind, useWords } from '../use-ui.ts';
import css from './counts.module.css';

const states: readonly VerdictState[] = ['pass', 'check', 'stop', 'unknown'];

/** How often each verdict was given in this shift, and how many were registered by hand. */
export function Counts() {
  const counts = useBehind((state) => state.counts);
  const { admitted, refused } = useApp((state) => state.byHand);
  const { t, f } = useWords();
  const recalled = useApp((state) => state.recalled);
  const number = (n: number) => (recalled ? f.number(n) : '…');
  return (
    <ul className={css['counts']} aria-label={t('bar.counts')}>
      {states.map((state) => (
        <li key={state} data-state={state}>
          <Shape state={state} />
          <span className={css['word']}>{t(`state.${state}`)}</span>
          <b>{number(counts[state])}</b>
        </li>
      ))}
      <li data-state="hand">
        <Icon name="pen" />
        <span className={css['word']}>{t('bar.manual')}</span>
        <b>{number(admitted + refused)}</b>
      </li>
    </ul>
  );
}
