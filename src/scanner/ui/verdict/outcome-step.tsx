import { type Refusal, refusals } from '../../../core/log/outcome.ts';
import { Button } from '../../../parts/button.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './outcome-step.module.css';

interface Props {
  onRefuse: () => void;
}

/** How the card ends: two giant buttons, one tap each. */
export function OutcomeStep({ onRefuse }: Props) {
  const { t } = useWords();
  const { letIn } = useActions();
  return (
    <div className={css['step']}>
      <button type="button" className={css['admit']} onClick={() => void letIn()}>
        {t('manual.admit')}
      </button>
      <button type="button" className={css['refuse']} onClick={onRefuse}>
        {t('manual.refuse')}
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
