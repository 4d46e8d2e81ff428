import { useEffect, useRef } from 'react';
import { reasonClasses } from '../../../core/health/colour-rules.ts';
import { Button } from '../../../parts/button.tsx';
import { Lines, Select } from '../../../parts/labelled.tsx';
import { isReasonClass, mostAppealText } from '../../app/appeals/appeals-state.ts';
import { en } from '../../words/en.ts';
import { focusFirstWrong } from '../parts/focus-first-wrong.ts';
import css from '../parts/page.module.css';
import { refusalText } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import own from './appeals.module.css';

/** What is wrong, and what happened. */
export function AppealForm() {
  const { appeals } = useCitizen();
  const { form, problems, looked, sending } = useApp((state) => state.appeals);
  const { t } = useWords();
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (looked > 0) focusFirstWrong(element.current);
  }, [looked]);
  const left = Math.max(0, mostAppealText - form.text.trim().length);
  return (
    <form
      ref={element}
      className={css['card']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void appeals.send();
      }}
    >
      <h2>{t('appeals.new')}</h2>
      <Select
        label={t('appeals.class')}
        hint={problems.class && t('appeals.wrong.class')}
        wrong={problems.class !== undefined}
        value={form.class as string}
        choices={[
          ['', t('appeals.choose')],
          ...reasonClasses.map((one) => [one, t(`appeals.class.${one}`)] as const),
        ]}
        onChange={(chosen) => appeals.change({ class: isReasonClass(chosen) ? chosen : '' })}
      />
      <Lines
        label={t('appeals.text')}
        hint={problems.text ? t(`appeals.wrong.${problems.text}`) : t('appeals.textHint', { left })}
        wrong={problems.text !== undefined}
        rows={6}
        spellCheck
        value={form.text}
        onChange={(text) => appeals.change({ text })}
      />
      <NotTaken />
      <div className={own['send']}>
        <Button kind="primary" type="submit" disabled={sending}>
          {t(sending ? 'appeals.sending' : 'appeals.send')}
        </Button>
      </div>
    </form>
  );
}

/** Why it was not taken; the text is still there. */
function NotTaken() {
  const refused = useApp((state) => state.appeals.refused);
  const { t } = useWords();
  const key = `appeals.refused.${refused?.code}`;
  return (
    <div role="alert">
      {refused && (
        <p className={css['note']}>
          {Object.hasOwn(en, key)
            ? t(key as 'appeals.refused.appeal-open')
            : refusalText(t, refused)}{' '}
          {t('appeals.kept')}
        </p>
      )}
    </div>
  );
}
