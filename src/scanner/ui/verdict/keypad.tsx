import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useWords } from '../use-ui.ts';
import css from './keypad.module.css';

/** What a living person's forehead may show, in tenths of a degree Celsius. */
const range = { min: 340, max: 429 };

interface Props {
  onValue: (celsius: number) => void;
  onBack: () => void;
}

/** Three digits make a temperature: 3 6 5 is 36.5 °C. No decimal point to hunt for. */
export function Keypad({ onValue, onBack }: Props) {
  const { t, f } = useWords();
  const [digits, setDigits] = useState('');
  const tenths = digits.length === 3 ? Number(digits) : undefined;
  const valid = tenths !== undefined && tenths >= range.min && tenths <= range.max;
  const press = (digit: number) => setDigits((before) => (before + digit).slice(0, 3));
  return (
    <div className={css['keypad']}>
      <output className={css['value']} aria-label={t('temp.typed')}>
        {digits.padEnd(3, '_').replace(/(.)$/, '.$1')} ℃
        {tenths !== undefined && !valid && (
          <span>
            {t('temp.range', { min: f.celsius(range.min / 10), max: f.celsius(range.max / 10) })}
          </span>
        )}
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
        onClick={() => tenths !== undefined && onValue(tenths / 10)}
      >
        {t('temp.confirm')}
      </Button>
    </div>
  );
}
