import { Button } from '../../../parts/button.tsx';
import { useWords } from '../use-ui.ts';
import css from './stepper.module.css';

interface Props {
  title: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}

/** A small number, one tap up or down at a time. */
export function Stepper({ title, value, max, onChange }: Props) {
  const { t, f } = useWords();
  return (
    <fieldset className={css['stepper']} aria-label={title}>
      <span className={css['title']} aria-hidden="true">
        {title}
      </span>
      <Button
        aria-label={t('stepper.less')}
        disabled={value === 0}
        onClick={() => onChange(value - 1)}
      >
        −
      </Button>
      <output className={css['value']} aria-live="polite">
        {f.number(value)}
      </output>
      <Button
        aria-label={t('stepper.more')}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        +
      </Button>
    </fieldset>
  );
}
