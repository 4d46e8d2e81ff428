import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useActions, useWords } from '../use-ui.ts';
import { Keypad } from './keypad.tsx';
import css from './temperature-step.module.css';

/** From here on a temperature counts as fever, in degrees Celsius. */
const feverC = 37.3;

/** The guard's part of `temperature-needed`: one of two giant buttons, or a typed value. */
export function TemperatureStep({ disabled, onSkip }: { disabled: boolean; onSkip: () => void }) {
  const { t, f } = useWords();
  const { temperature } = useActions();
  const [typing, setTyping] = useState(false);
  if (typing)
    return (
      <Keypad
        disabled={disabled}
        onValue={(celsius) => void temperature(celsius)}
        onBack={() => setTyping(false)}
      />
    );
  return (
    <div className={css['step']}>
      <button
        type="button"
        className={css['normal']}
        disabled={disabled}
        onClick={() => void temperature('normal')}
      >
        {t('temp.normal')}
      </button>
      <button
        type="button"
        className={css['high']}
        disabled={disabled}
        onClick={() => void temperature(feverC)}
      >
        {t('temp.high')}
        <small>≥ {f.celsius(feverC)}</small>
      </button>
      <Button onClick={() => setTyping(true)}>{t('temp.type')}</Button>
      <Button onClick={onSkip}>{t('temp.skip')}</Button>
    </div>
  );
}
