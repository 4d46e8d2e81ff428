import { useId, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useWords } from '../use-ui.ts';
import css from './keypad.module.css';

/** What a living person's forehead may show, in tenths of a degree Celsius. */
const range = { min: 340, max: 429 };
/** The same in tenths of a degree Fahrenheit, as far as three digits go: no Celsius reading looks like it. */
const fahrenheit = { min: 932, max: 999 };

interface Props {
  onValue: (celsius: number) => void;
  onBack: () => void;
}

/** Three digits make a temperature: 3 6 5 is 36.5 °C. No decimal point to hunt for. */
export function Keypad({ onValue, onBack }: Props) {
  const words = useWords();
  const { t } = words;
  const why = useId();
  const [digits, setDigits] = useState('');
  const tenths = digits.length === 3 ? Number(digits) : undefined;
  const valid = tenths !== undefined && tenths >= range.min && tenths <= range.max;
  const press = (digit: number) => setDigits((before) => (before + digit).slice(0, 3));
  return (
    <div className={css['keypad']}>
      <output className={css['value']} aria-label={t('temp.typed')}>
        {digits.padEnd(3, '_').replace(/(.)$/, '.$1')} ℃
        {!valid && <span id={why}>{whyNot(tenths, words)}</span>}
      </output>
      {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => (
        <Button key={digit} onClick={() => press(digit)}>
          {digit}
        </Button>
      ))}
      <Button
        aria-label={t('temp.delete')}
        onClick={() => (digits === '' ? onBack() : setDigits(digits.slice(0, -1)))}
      >
        <Icon name="back" />
      </Button>
      <Button onClick={() => press(0)}>0</Button>
      <Button
        kind="primary"
        disabled={!valid}
        aria-describedby={valid ? undefined : why}
        onClick={() => tenths !== undefined && onValue(tenths / 10)}
      >
        {t('temp.confirm')}
      </Button>
    </div>
  );
}

/** What is missing, or what the three digits are if they are no temperature in degrees Celsius. */
function whyNot(tenths: number | undefined, { t, f }: ReturnType<typeof useWords>): string {
  if (tenths === undefined) return t('temp.three');
  if (tenths >= fahrenheit.min && tenths <= fahrenheit.max) {
    const celsius = ((tenths / 10 - 32) * 5) / 9;
    const said = { fahrenheit: tenths / 10, celsius: f.celsius(celsius) };
    return t('temp.fahrenheit', { ...said, digits: Math.round(celsius * 10) });
  }
  return t('temp.range', { min: f.celsius(range.min / 10), max: f.celsius(range.max / 10) });
}
