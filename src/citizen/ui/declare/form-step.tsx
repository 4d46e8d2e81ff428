import { useEffect, useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Field, Lines } from '../../../parts/labelled.tsx';
import { formOf } from '../../app/declarations/declarations-state.ts';
import type { FormField } from '../../app/declarations/form.ts';
import { focusFirstWrong } from '../parts/focus-first-wrong.ts';
import css from '../parts/page.module.css';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import own from './declare.module.css';
import { DistrictField } from './district-field.tsx';
import { ContactAndTravel, Health } from './questions.tsx';
import { wrongText } from './wrong-text.ts';

/** Everything that is asked; what is wrong stands at its field, and the first of it has the focus. */
export function FormStep() {
  const { declare } = useCitizen();
  const state = useApp((all) => all.declare);
  const { t } = useWords();
  const element = useRef<HTMLFormElement>(null);
  const { problems, looked } = state;
  const form = formOf(state);
  useEffect(() => {
    if (looked > 0) focusFirstWrong(element.current);
  }, [looked]);
  const wrong = (field: FormField) => {
    const problem = problems[field];
    return problem && wrongText(t, field, problem);
  };
  const count = Object.keys(problems).length;
  return (
    <form
      ref={element}
      className={own['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        declare.review();
      }}
    >
      <section className={css['card']}>
        <h2>{t('declare.part.reach')}</h2>
        {state.about?.last && <p className={css['hint']}>{t('declare.prefilled')}</p>}
        <Field
          label={t('declare.phone')}
          hint={wrong('phone') ?? t('declare.phoneHint')}
          wrong={problems.phone !== undefined}
          type="tel"
          autoComplete="tel"
          maxLength={40}
          value={form.phone}
          onChange={(phone) => declare.change({ phone })}
        />
        <Lines
          label={t('declare.address')}
          rows={2}
          hint={wrong('address') ?? t('declare.addressHint')}
          wrong={problems.address !== undefined}
          autoComplete="street-address"
          value={form.address}
          onChange={(address) => declare.change({ address })}
        />
        <DistrictField
          label={t('declare.district')}
          none={t('declare.choose')}
          value={form.district}
          wrong={wrong('district')}
          onChange={(district) => declare.change({ district })}
        />
        <DistrictField
          label={t('declare.seenAt')}
          hint={t('declare.seenAtHint')}
          none={t('declare.unsaid')}
          value={form.seenAt}
          wrong={wrong('seenAt')}
          onChange={(seenAt) => declare.change({ seenAt })}
        />
        <p className={css['hint']}>{t('declare.privacy')}</p>
      </section>
      <Health form={form} change={declare.change} wrong={wrong} />
      <ContactAndTravel form={form} change={declare.change} wrong={wrong} />
      <div role="alert">
        {count > 0 && <p className={css['note']}>{t('declare.wrongCount', { count })}</p>}
      </div>
      <Button kind="primary" type="submit">
        {t('declare.review')}
      </Button>
    </form>
  );
}
