import type { EpochMillis } from '../../../core/units.ts';
import { Button } from '../../../parts/button.tsx';
import { boundNow, boundS } from '../../app/code/code-state.ts';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import css from './bound-bar.module.css';
import { clockText } from './shanghai-time.ts';

/** The place that was entered, with the time of entry: what is shown below is good there alone. */
export function BoundBar({ now }: { now: EpochMillis | undefined }) {
  const { code } = useCitizen();
  const state = useApp((all) => all.code);
  const language = useApp(({ settings }) => settings.language);
  const { t } = useWords();
  const { bound } = state;
  if (!bound || (now !== undefined && now >= (bound.at + boundS) * 1000)) return null;
  const isIn = boundNow(state, now) !== undefined;
  return (
    <section className={css['bar']}>
      <div>
        <h2>{bound.name}</h2>
        <p>
          {isIn
            ? t('code.enteredAt', { time: clockText(bound.at * 1000, language) })
            : t('code.notAlong')}
        </p>
        {isIn && <p className={css['only']}>{t('code.onlyHere')}</p>}
      </div>
      <Button onClick={code.leave}>{t('code.leave')}</Button>
    </section>
  );
}
