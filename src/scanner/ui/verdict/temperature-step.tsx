import { Button } from '../../../parts/button.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './temperature-step.module.css';

interface Props {
  /** Degrees Celsius from which it is a fever: the venue's, else 37.3. */
  limitC?: number | undefined;
  onType: () => void;
  onSkip: () => void;
}

/** The guard's part of `temperature-needed`: one of two giant buttons, or the way to a typed value. */
export function TemperatureStep({ limitC = 37.3, onType, onSkip }: Props) {
  const { t, f } = useWords();
  const { temperature } = useActions();
  return (
    <div className={css['step']}>
      <button type="button" className={css['normal']} onClick={() => void temperature('normal')}>
        {t('temp.normal')}
      </button>
      <button type="button" className={css['high']} onClick={() => void temperature('high')}>
        {t('temp.high')}
        <small>≥ {f.celsius(limitC)}</small>
      </button>
      <Button onClick={onType}>{t('temp.type')}</Button>
      <Button onClick={onSkip}>{t('manual.refuse')}</Button>
    </div>
  );
}
