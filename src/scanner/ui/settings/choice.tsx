import { useId } from 'react';
import css from './choice.module.css';

interface Props<T extends string | number> {
  title: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  /** Tiles without the dot, three in a row of a phone where that comes out even, else two. Default false. */
  compact?: boolean;
  onChange: (value: T) => void;
}

/** One of a few: native radio buttons, each a big tile. */
export function Choice<T extends string | number>(props: Props<T>) {
  const { title, value, options, compact = false, onChange } = props;
  const name = useId();
  return (
    <fieldset>
      <legend className={css['title']}>{title}</legend>
      <div
        className={css['options']}
        data-compact={compact && (options.length % 3 === 0 ? 'three' : 'two')}
      >
        {options.map(([option, label]) => (
          <label key={option} className={css['option']} data-chosen={option === value}>
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
