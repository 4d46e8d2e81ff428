import { useState } from 'react';
import { type Refusal, refusals, tailProblem } from '../../../core/log/manual.ts';
import { Button } from '../../../parts/button.tsx';
import type { TemperatureRule } from '../../app/trust/trust-state.ts';
import { useWords } from '../use-ui.ts';
import css from './decide.module.css';
import type { Taken } from './take-temperature.tsx';

interface Props {
  rule: TemperatureRule | undefined;
  taken: Taken;
  tail: string;
  onWrite: (refusal?: Refusal) => void;
}

/** Let in or not; a no has a reason. A fever can only be a no, and a half-typed number is neither. */
export function Decide({ rule, taken, tail, onWrite }: Props) {
  const { t } = useWords();
  const [refusing, setRefusing] = useState(false);
  const isTyping = tail !== '' && tailProblem(tail) !== undefined;
  const isFever = rule !== undefined && typeof taken === 'number' && !(taken < rule.limitC);
  const mayEnter = !isFever && !(rule && taken === undefined);

  if (refusing)
    return (
      <fieldset className={css['reasons']}>
        <legend>{t('manual.why')}</legend>
        {refusals.map((refusal) => (
          <Button key={refusal} onClick={() => onWrite(refusal)}>
            {t(`manual.refusal.${refusal}`)}
          </Button>
        ))}
      </fieldset>
    );
  return (
    <div className={css['decide']}>
      <button
        type="button"
        className={css['admit']}
        disabled={isTyping || !mayEnter}
        onClick={() => onWrite()}
      >
        {t('manual.admit')}
      </button>
      <button
        type="button"
        className={css['refuse']}
        disabled={isTyping}
        onClick={() => (isFever ? onWrite('fever') : setRefusing(true))}
      >
        {t('manual.refuse')}
      </button>
      <p role="status">{rule && taken === undefined && t('manual.needTemperature')}</p>
    </div>
  );
}
