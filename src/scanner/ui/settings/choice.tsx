import { useId } from 'react';
import css from './choice.module.css';

interface Props<T extends string | number> {
  title: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onChange: (value: T) => void;
}

/** One of a few: native radio buttons, each a big tile. */
export function Choice<T extends string | number>({ title, value, options, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className={css['title']}>{title}</legend>
      <div className={css['options']}>
        {options.map(([option, label]) => (
          <label key={option} className={css['option']}>
            <input
              type="radio"
              name={name}
              checked={option === value}
              onChange={() => onChange(option)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
