import { useId, useRef } from 'react';
import { idLetters, tailOf, tailProblem } from '../../../core/log/manual.ts';
import { Field } from '../../../parts/field.tsx';
import { useWords } from '../use-ui.ts';

interface Props {
  value: string;
  onChange: (value: string) => void;
}

/** The longest document number anybody pastes. */
const longest = 40;

/** The number of an ID or a paper code; may stay empty. Once left, it holds only what is kept. */
export function TailField({ value, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const composing = useRef(false);
  const tail = tailOf(value);
  const problem = tail.length === 4 || tail.length === 8 ? tailProblem(tail) : undefined;
  return (
    <Field
      id={id}
      label={t('manual.tail')}
      hint={problem ? t(`manual.problem.${problem}`) : t('manual.tailHint')}
      wrong={problem !== undefined}
      value={value}
      // an input method's half-typed letters are its own
      onChange={(text) => onChange(composing.current ? text : idLetters(text))}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        onChange(idLetters(event.currentTarget.value));
      }}
      onBlur={() => onChange(tail)}
      maxLength={longest}
      autoCapitalize="characters"
    />
  );
}
