import { useEffect, useRef } from 'react';
import { type Refusal, refusals } from '../../../core/log/outcome.ts';
import { Button } from '../../../parts/button.tsx';
import { useDeaf } from '../taps/use-deaf.ts';
import { useWords } from '../use-ui.ts';
import css from './why-refused.module.css';

interface Props {
  onRefuse: (why: Refusal) => void;
  onBack: () => void;
}

/** Why not: one tap writes it, and one leads back to the form as it was. */
export function WhyRefused({ onRefuse, onBack }: Props) {
  const { t } = useWords();
  const set = useRef<HTMLFieldSetElement>(null);
  useEffect(() => set.current?.focus(), []);
  useDeaf(set, 'why');
  return (
    <fieldset ref={set} tabIndex={-1} className={css['reasons']}>
      <legend>{t('manual.why')}</legend>
      <div className={css['chips']}>
        {refusals.map((refusal) => (
          <Button key={refusal} onClick={() => onRefuse(refusal)}>
            {t(`why.${refusal}`)}
          </Button>
        ))}
        <Button onClick={onBack}>{t('card.back')}</Button>
      </div>
    </fieldset>
  );
}
