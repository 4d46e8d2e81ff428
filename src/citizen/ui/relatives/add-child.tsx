import { useRef } from 'react';
import { documentTypes } from '../../../core/health/documents.ts';
import { Button } from '../../../parts/button.tsx';
import { Field, Select } from '../../../parts/labelled.tsx';
import { focusFirstWrong } from '../parts/focus-first-wrong.ts';
import css from '../parts/page.module.css';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { FamilyRefusal } from './family-refusal.tsx';

/** A child by its document, as the register has it. */
export function AddChild({ onAdded }: { onAdded: () => void }) {
  const { family } = useCitizen();
  const { child, childProblems, busy } = useApp((state) => state.family);
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const { number, name } = childProblems;
  const add = async () => {
    if (await family.addChild()) onAdded();
    else focusFirstWrong(form.current);
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <p className={css['hint']}>{t('relatives.addChildWhy')}</p>
      <Select
        label={t('relatives.type')}
        value={child.type}
        choices={documentTypes.map((type) => [type, t(`relatives.type.${type}`)] as const)}
        onChange={(type) => family.change({ type })}
      />
      <Field
        label={t('relatives.number')}
        hint={
          number && t(number === 'missing' ? 'relatives.wrong.missing' : 'relatives.wrong.number')
        }
        wrong={number !== undefined}
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={64}
        value={child.number}
        onChange={(typed) => family.change({ number: typed })}
      />
      <Field
        label={t('relatives.name')}
        hint={name && t(name === 'missing' ? 'relatives.wrong.missing' : 'relatives.wrong.name')}
        wrong={name !== undefined}
        spellCheck={false}
        maxLength={100}
        value={child.name}
        onChange={(typed) => family.change({ name: typed })}
      />
      <FamilyRefusal act="child" />
      <Button kind="primary" type="submit" disabled={busy !== undefined}>
        {t('relatives.add')}
      </Button>
    </form>
  );
}
