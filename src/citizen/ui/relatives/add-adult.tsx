import { useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/labelled.tsx';
import { focusFirstWrong } from '../parts/focus-first-wrong.ts';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { FamilyRefusal } from './family-refusal.tsx';

/** An adult by the code they made for it. */
export function AddAdult({ onAdded }: { onAdded: () => void }) {
  const { family } = useCitizen();
  const { typed, isTypedWrong, busy } = useApp((state) => state.family);
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const add = async () => {
    if (await family.addAdult()) onAdded();
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
      <Field
        label={t('relatives.consent')}
        hint={t(isTypedWrong ? 'relatives.wrong.consent' : 'relatives.consentHint')}
        wrong={isTypedWrong}
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={32}
        value={typed}
        onChange={family.type}
      />
      <FamilyRefusal act="adult" />
      <Button kind="primary" type="submit" disabled={busy !== undefined}>
        {t('relatives.add')}
      </Button>
    </form>
  );
}
