import type { ReactNode } from 'react';
import css from './issuing.module.css';

interface Props {
  checked: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}

/** Something that is so or not; the whole line takes the finger. */
export function Check({ checked, onChange, children }: Props) {
  return (
    <label className={css['check']}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

/** Several that belong together. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css['group']}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}
