import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { longestName } from '../../app/shift/guards.ts';
import { useWords } from '../use-ui.ts';

interface Props {
  className?: string | undefined;
  label: string;
  hint?: string | undefined;
  value: string;
  /** The deed is under way. */
  busy?: boolean;
  onChange: (value: string) => void;
  /** With the name, trimmed, which is not empty. */
  onName: (name: string) => void;
  /** What the button says. */
  children: ReactNode;
}

/** A guard's name or number and what is done with it. Without one the button says what is missing. */
export function NameForm({
  className,
  label,
  hint,
  value,
  busy,
  onChange,
  onName,
  children,
}: Props) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const name = value.trim();
  const isMissing = isAsked && name === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setAsked(true);
    if (name === '') field.current?.focus();
    else onName(name);
  };
  return (
    <form className={className} onSubmit={submit}>
      <Field
        id={id}
        ref={field}
        label={label}
        hint={isMissing ? t('name.first') : hint}
        wrong={isMissing}
        value={value}
        onChange={onChange}
        maxLength={longestName}
        enterKeyHint="go"
      />
      <Button kind="primary" type="submit" disabled={busy}>
        {children}
      </Button>
    </form>
  );
}
