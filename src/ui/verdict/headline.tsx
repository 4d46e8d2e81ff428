import type { Verdict } from '../../core/verify/verdict.ts';
import { Icon } from '../parts/icon.tsx';
import { Shape } from '../parts/shape.tsx';
import { useWords } from '../use-ui.ts';
import css from './headline.module.css';

/** State, reason, what to do next: read out at once, loudly when the answer is no. */
export function Headline({ id, verdict }: { id: string; verdict: Verdict }) {
  const { t } = useWords();
  const { state, reason, what } = verdict;
  const calm = state === 'pass' || state === 'check';
  return (
    <div id={id} role={calm ? 'status' : 'alert'} className={css['headline']}>
      <div className={css['state']}>
        <Shape state={state} />
        <h1 className={css['word']}>{t(`state.${state}`)}</h1>
      </div>
      <div className={css['say']}>
        <p className={css['reason']}>{t(`reason.${reason}.title`)}</p>
        <p>{what === undefined ? t(`reason.${reason}.why`) : t(`what.${what}`)}</p>
        <p className={css['next']}>
          <Icon name="go" />
          <span>{t(`reason.${reason}.next`)}</span>
        </p>
      </div>
    </div>
  );
}
