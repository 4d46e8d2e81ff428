import { type ReactNode, useId } from 'react';
import css from './choices.module.css';

interface Common<T extends string> {
  /** What is asked. */
  legend: ReactNode;
  choices: readonly (readonly [T, string])[];
  /** What is to be known of it, or what is wrong. */
  hint?: string | undefined;
  wrong?: boolean;
}

interface Props<T extends string> extends Common<T> {
  kind: 'radio' | 'checkbox';
  isChosen: (choice: T) => boolean;
  choose: (choice: T, on: boolean) => void;
}

/** A question with its answers side by side, each as big as a button. */
function Choices<T extends string>(props: Props<T>) {
  const { legend, choices, hint, wrong = false, kind, isChosen, choose } = props;
  const name = useId();
  const described = hint === undefined ? undefined : `${name}-hint`;
  return (
    <fieldset
      className={css['choices']}
      aria-describedby={described}
      {...(kind === 'radio' && { role: 'radiogroup', 'aria-invalid': wrong || undefined })}
    >
      <legend>{legend}</legend>
      <div>
        {choices.map(([choice, text]) => (
          <label key={choice}>
            <input
              type={kind}
              name={name}
              checked={isChosen(choice)}
              aria-invalid={(kind === 'checkbox' && wrong) || undefined}
              aria-describedby={wrong ? described : undefined}
              onChange={(event) => choose(choice, event.target.checked)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p id={described} className={css['hint']} data-wrong={wrong} aria-live="polite">
          {hint}
        </p>
      )}
    </fieldset>
  );
}

/** One answer of a few; none is chosen before somebody chooses. */
export const OneOf = <T extends string>({
  value,
  onChange,
  ...common
}: Common<T> & { value: T | undefined; onChange: (value: T) => void }) => (
  <Choices
    {...common}
    kind="radio"
    isChosen={(choice) => choice === value}
    choose={(choice) => onChange(choice)}
  />
);

/** Any number of a few. */
export const SomeOf = <T extends string>({
  values,
  onChange,
  ...common
}: Common<T> & { values: readonly T[]; onChange: (values: readonly T[]) => void }) => (
  <Choices
    {...common}
    kind="checkbox"
    isChosen={(choice) => values.includes(choice)}
    choose={(choice, on) =>
      onChange(on ? [...values, choice] : values.filter((one) => one !== choice))
    }
  />
);
