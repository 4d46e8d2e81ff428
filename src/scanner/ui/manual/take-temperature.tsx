import { useId, useState } from 'react';
import type { Temperature } from '../../../core/verify/venue-rules.ts';
import { Field } from '../../../parts/field.tsx';
import type { TemperatureRule } from '../../app/trust/trust-state.ts';
import { Choice } from '../settings/choice.tsx';
import { useWords } from '../use-ui.ts';

/** Looked at and found normal or high, or degrees Celsius. */
export type Taken = Temperature | undefined;

interface Props {
  rule: TemperatureRule;
  taken: Taken;
  onTaken: (taken: Taken) => void;
}

/** The temperature as the venue wants it: normal or high, or three digits. */
export function TakeTemperature({ rule, taken, onTaken }: Props) {
  const { t, f } = useWords();
  if (rule.mode === 'measure') return <Measured onTaken={onTaken} />;
  return (
    <Choice
      title={t('manual.temperature')}
      value={taken === undefined ? '' : taken === 'normal' ? 'normal' : 'high'}
      options={[
        ['normal', t('temp.normal')],
        ['high', `${t('temp.high')} ≥\u00a0${f.celsius(rule.limitC)}`],
      ]}
      compact
      onChange={(found) => onTaken(found === 'normal' ? 'normal' : 'high')}
    />
  );
}

/** What a living person's forehead may show, in tenths of a degree Celsius. */
const range = { min: 340, max: 429 };

function Measured({ onTaken }: Pick<Props, 'onTaken'>) {
  const { t, f } = useWords();
  const id = useId();
  const [digits, setDigits] = useState('');
  const tenths = digits.length === 3 ? Number(digits) : undefined;
  const isIn = (value: number) => value >= range.min && value <= range.max;
  const wrong = tenths !== undefined && !isIn(tenths);
  return (
    <Field
      id={id}
      label={t('manual.temperature')}
      hint={
        wrong
          ? t('temp.range', { min: f.celsius(range.min / 10), max: f.celsius(range.max / 10) })
          : t('manual.digits')
      }
      wrong={wrong}
      inputMode="numeric"
      value={digits.length === 3 ? `${digits.slice(0, 2)}.${digits.slice(2)}` : digits}
      onChange={(text) => {
        const next = text.normalize('NFKC').replace(/\D/g, '').slice(0, 3);
        setDigits(next);
        const value = Number(next);
        onTaken(next.length === 3 && isIn(value) ? value / 10 : undefined);
      }}
    />
  );
}
