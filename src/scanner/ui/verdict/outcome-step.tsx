import { type Refusal, refusals } from '../../../core/log/outcome.ts';
import { Button } from '../../../parts/button.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './outcome-step.module.css';

interface Props {
  /** The person comes in, leaves where nobody is held, or leaves where the rules apply. */
  way?: 'in' | 'free' | 'out';
  onRefuse: () => void;
}

const wordsOf = {
  in: ['manual.admit', 'manual.refuse'],
  free: ['way.left', 'way.notLeft'],
  out: ['way.left', 'way.hold'],
} as const;

/** How the card ends: two giant buttons, one tap each. */
export function OutcomeStep({ way = 'in', onRefuse }: Props) {
  const { t } = useWords();
  const { letIn } = useActions();
  return (
    <div className={css['step']}>
      <button type="button" className={css['admit']} onClick={() => void letIn()}>
        {t(wordsOf[way][0])}
      </button>
      <button type="button" className={css['refuse']} onClick={onRefuse}>
        {t(wordsOf[way][1])}
      </button>
    </div>
  );
}

interface ReasonsProps {
  onRefuse: (why: Refusal) => void;
  onBack: () => void;
}

/** Why not: one tap ends it. */
export function RefusalReasons({ onRefuse, onBack }: ReasonsProps) {
  const { t } = useWords();
  return (
    <fieldset className={css['reasons']}>
      <legend>{t('manual.why')}</legend>
      <div className={css['chips']}>
        {refusals.map((why) => (
          <Button key={why} onClick={() => onRefuse(why)}>
            {t(`why.${why}`)}
          </Button>
        ))}
        <Button onClick={onBack}>{t('card.back')}</Button>
      </div>
    </fieldset>
  );
}
