import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import type { TemperatureRule } from '../../app/trust/trust-state.ts';
import { useActions, useWords } from '../use-ui.ts';
import { Keypad } from './keypad.tsx';
import css from './temperature-step.module.css';

interface Props {
  /** The venue's rule; 37.3 °C and a confirmation when it is not known. */
  rule?: TemperatureRule | undefined;
  onSkip: () => void;
}
const usual: TemperatureRule = { mode: 'confirm', limitC: 37.3 };

/** The guard's part of `temperature-needed`: one of two giant buttons, or a typed value. */
export function TemperatureStep({ rule = usual, onSkip }: Props) {
  const { t, f } = useWords();
  const { temperature } = useActions();
  const [typing, setTyping] = useState(rule.mode === 'measure');
  if (typing)
    return (
      <Keypad
        onValue={(celsius) => void temperature(celsius)}
        onBack={rule.mode === 'measure' ? onSkip : () => setTyping(false)}
      />
    );
  return (
    <div className={css['step']}>
      <button type="button" className={css['normal']} onClick={() => void temperature('normal')}>
        {t('temp.normal')}
      </button>
      <button type="button" className={css['high']} onClick={() => void temperature('high')}>
        {t('temp.high')}
        <small>≥ {f.celsius(rule.limitC)}</small>
      </button>
      <Button onClick={() => setTyping(true)}>{t('temp.type')}</Button>
      <Button onClick={onSkip}>{t('manual.refuse')}</Button>
    </div>
  );
}
