import { useState } from 'react';
import { Field, Select } from '../../../parts/labelled.tsx';
import type { NamedDistrict } from '../../app/answers.ts';
import { useApp, useWords } from '../use-citizen.ts';

interface Props {
  label: string;
  hint?: string | undefined;
  /** What is wrong with it. */
  wrong: string | undefined;
  /** A code, or empty. */
  value: string;
  /** The first choice: nothing chosen. */
  none: string;
  onChange: (code: string) => void;
}

const byCode = 'code';

/** The districts' names in the page's language, by code. */
export function useDistricts(): {
  readonly districts: readonly NamedDistrict[];
  nameOf(code: string): string;
} {
  const districts = useApp((state) => state.declare.districts) ?? [];
  const language = useApp((state) => state.settings.language);
  return {
    districts,
    nameOf: (code) => districts.find((one) => one.code === code)?.name[language] ?? code,
  };
}

/** A district by its name, and where it is not in the list by its code. */
export function DistrictField({ label, hint, wrong, value, none, onChange }: Props) {
  const { t } = useWords();
  const { districts, nameOf } = useDistricts();
  const isListed = districts.some(({ code }) => code === value);
  const [isTypedChosen, setTyped] = useState(false);
  const isTyped = isTypedChosen || (value !== '' && !isListed);
  const choose = (choice: string) => {
    setTyped(choice === byCode);
    onChange(choice === byCode ? '' : choice);
  };
  return (
    <>
      {districts.length > 0 && (
        <Select
          label={label}
          hint={isTyped ? undefined : (wrong ?? hint)}
          wrong={!isTyped && wrong !== undefined}
          value={isTyped ? byCode : value}
          choices={[
            ['', none],
            ...districts.map(({ code }) => [code, nameOf(code)] as const),
            [byCode, t('declare.elsewhere')],
          ]}
          onChange={choose}
        />
      )}
      {(isTyped || districts.length === 0) && (
        <Field
          label={districts.length === 0 ? `${label} · ${t('declare.code')}` : t('declare.code')}
          hint={wrong ?? t('declare.codeHint')}
          wrong={wrong !== undefined}
          inputMode="numeric"
          maxLength={12}
          value={value}
          onChange={onChange}
        />
      )}
    </>
  );
}
