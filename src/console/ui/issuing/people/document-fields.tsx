import { useState } from 'react';
import {
  type DocumentType,
  documentTypes,
  readDocument,
} from '../../../../core/health/documents.ts';
import { shanghaiDay } from '../../../../core/health/shanghai.ts';
import { Field, Select } from '../../../../parts/labelled.tsx';
import { useWords } from '../../use-console.ts';

/** A document as somebody types it. */
export interface Typed {
  readonly type: DocumentType;
  readonly number: string;
}
export const nothingTyped: Typed = { type: 'resident-id', number: '' };

const read = ({ type, number }: Typed) => readDocument(type, number, shanghaiDay(Date.now()));

/** Whether the number is one of this type, its check character included. */
export const isDocument = (typed: Typed): boolean => read(typed).ok;

interface Props {
  typed: Typed;
  onChange: (typed: Typed) => void;
}

/**
 * Type and number, checked as they are typed: what a check character tells is said at once, that
 * something is missing only when the field is left.
 */
export function DocumentFields({ typed, onChange }: Props) {
  const { t } = useWords();
  const [isLeft, setLeft] = useState(false);
  const found = read(typed);
  const isEmpty = typed.number.trim() === '';
  const isWrong = !found.ok && !isEmpty && (isLeft || found.error !== 'shape');
  return (
    <>
      <Select
        label={t('document.type')}
        value={typed.type}
        choices={documentTypes.map((type) => [type, t(`document.${type}`)] as const)}
        onChange={(type) => onChange({ ...typed, type })}
      />
      <Field
        label={t('document.number')}
        hint={isWrong ? t(`document.wrong.${found.error}`) : t('document.numberHint')}
        wrong={isWrong}
        value={typed.number}
        onChange={(number) => {
          setLeft(false);
          onChange({ ...typed, number });
        }}
        onBlur={() => setLeft(true)}
        maxLength={64}
        spellCheck={false}
        autoCapitalize="characters"
      />
    </>
  );
}
