import type { ComponentProps } from 'react';
import css from './field.module.css';

interface Props extends Omit<ComponentProps<'input'>, 'onChange' | 'className'> {
  id: string;
  label: string;
  hint?: string | undefined;
  /** The hint says what is wrong with the value. */
  wrong?: boolean;
  onChange: (value: string) => void;
}

/** A labelled line of text, as big as a button. */
export function Field({ id, label, hint, wrong = false, onChange, ...rest }: Props) {
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        {...rest}
        id={id}
        className={css['input']}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className={css['hint']} data-wrong={wrong} aria-live="polite">
          {hint}
        </p>
      )}
    </div>
  );
}
