import { useEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import css from '../parts/page.module.css';
import { Refusal } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { DoneStep } from './done-step.tsx';
import { FormStep } from './form-step.tsx';
import { NoneLeft } from './none-left.tsx';
import { ReviewStep } from './review-step.tsx';
import { WhosePicker } from './whose-picker.tsx';

/** The declaration, 申报: filled in, looked over, sent. */
export function DeclarePage() {
  const { declare } = useCitizen();
  const of = useApp((state) => state.place.of);
  const { step, done } = useApp((state) => state.declare);
  useEffect(() => void declare.open(of), [declare, of]);
  useEffect(() => {
    // what is filled in is in memory alone, so a reload asks first
    const ask = (event: BeforeUnloadEvent) => declare.isUnsent() && event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [declare]);
  return (
    <div className={css['page']}>
      {step === 'form' && <Begin />}
      {step === 'review' && <ReviewStep />}
      {step === 'done' && done && <DoneStep done={done} />}
    </div>
  );
}

/** Whom it is for, what may still be declared, and the form. */
function Begin() {
  const { declare } = useCitizen();
  const { about, loading, refusal, whose } = useApp((state) => state.declare);
  const { t } = useWords();
  return (
    <>
      <WhosePicker page="declare" label={t('declare.whose')} />
      {about && about.left > 0 && (
        <div>
          <p>{t(about.isFirst ? 'declare.first' : 'declare.again')}</p>
          <p className={css['hint']}>{t('declare.left', { count: about.left })}</p>
        </div>
      )}
      <Refusal why={refusal} />
      {refusal && <Button onClick={() => void declare.open(whose)}>{t('app.again')}</Button>}
      {!about && loading && <p role="status">{t('app.loading')}</p>}
      <NoneLeft />
      {about && about.left > 0 && <FormStep key={whose ?? ''} />}
    </>
  );
}
