import { type ComponentProps, type ReactNode, useId } from 'react';
import css from './labelled.module.css';

interface Common {
  label: string;
  hint?: string | undefined;
  /** The hint says what is wrong with the value. */
  wrong?: boolean;
}

interface Ids {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

/** A label, what it is for, and what is to be known of it. */
function Labelled({ label, hint, wrong, control }: Common & { control: (ids: Ids) => ReactNode }) {
  const id = useId();
  const described = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      {control({ id, 'aria-describedby': described, 'aria-invalid': wrong || undefined })}
      {hint !== undefined && (
        <p id={described} className={css['hint']} data-wrong={wrong} aria-live="polite">
          {hint}
        </p>
      )}
    </div>
  );
}

type Input = Omit<ComponentProps<'input'>, 'onChange' | 'className' | 'id'>;

/** A labelled line of text. */
export function Field({
  label,
  hint,
  wrong,
  onChange,
  ...rest
}: Common & Input & { onChange: (value: string) => void }) {
  return (
    <Labelled
      {...{ label, hint, wrong: wrong ?? false }}
      control={(ids) => (
        <input
          autoComplete="off"
          {...rest}
          {...ids}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    />
  );
}

/** Several labelled lines. */
export function Lines({
  value,
  rows = 4,
  spellCheck = false,
  autoComplete = 'off',
  onChange,
  ...common
}: Common & {
  value: string;
  rows?: number;
  spellCheck?: boolean;
  autoComplete?: string;
  onChange: (value: string) => void;
}) {
  return (
    <Labelled
      {...common}
      control={(ids) => (
        <textarea
          {...ids}
          rows={rows}
          value={value}
          spellCheck={spellCheck}
          autoComplete={autoComplete}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    />
  );
}

/** One of a few. */
export function Select<T extends string>({
  value,
  choices,
  onChange,
  ...common
}: Common & {
  value: T;
  choices: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  return (
    <Labelled
      {...common}
      control={(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.target.value as T)}>
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      )}
    />
  );
}
