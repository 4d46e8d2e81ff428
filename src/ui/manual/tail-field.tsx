import { useId } from 'react';
import { tailProblem } from '../../core/log/manual.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../use-ui.ts';

interface Props {
  value: string;
  onChange: (value: string) => void;
}

/** The end of an ID number or a paper code's number; may stay empty. Nothing longer fits in. */
export function TailField({ value, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const problem = value.length === 4 || value.length === 8 ? tailProblem(value) : undefined;
  return (
    <Field
      id={id}
      label={t('manual.tail')}
      hint={problem ? t(`manual.problem.${problem}`) : t('manual.tailHint')}
      wrong={problem !== undefined}
      value={value}
      onChange={(text) =>
        onChange(
          text
            .toUpperCase()
            .replace(/[^\dX]/g, '')
            .slice(0, 8),
        )
      }
      maxLength={8}
      autoCapitalize="characters"
    />
  );
}
