import { useEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import { openAppeal } from '../../app/appeals/appeals-state.ts';
import { hashOf } from '../../app/place/place-state.ts';
import css from '../parts/page.module.css';
import { Refusal } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { AppealForm } from './appeal-form.tsx';
import own from './appeals.module.css';
import { MyAppeals } from './my-appeals.tsx';

/** Appeals, 申诉: one at a time, their answers, and where else to turn. */
export function AppealsPage() {
  const { appeals } = useCitizen();
  const state = useApp((all) => all.appeals);
  const { t } = useWords();
  useEffect(() => void appeals.refresh(), [appeals]);
  const isOpen = openAppeal(state) !== undefined;
  return (
    <div className={css['page']}>
      <div>
        <p>{t('appeals.why')}</p>
        <p className={`${css['hint']} ${own['tip']}`}>
          {t('appeals.tip')} <a href={hashOf('declare')}>{t('appeals.toDeclare')}</a>
        </p>
      </div>
      <Refusal why={state.refusal} />
      {state.refusal && <Button onClick={() => void appeals.refresh()}>{t('app.again')}</Button>}
      <p role="status" className={own['did']}>
        {state.isDone && isOpen && `✓ ${t('appeals.done')}`}
      </p>
      {isOpen && <p className={css['note']}>{t('appeals.oneOpen')}</p>}
      {state.appeals && state.appeals.length > 0 && <MyAppeals appeals={state.appeals} />}
      {state.appeals && !isOpen && <AppealForm />}
      {!state.appeals && state.loading && <p role="status">{t('app.loading')}</p>}
      <Hotline />
    </div>
  );
}

/** Where to turn by telephone. */
function Hotline() {
  const number = useApp((state) => state.session.self?.issuer?.hotline);
  const { t } = useWords();
  if (!number) return null;
  return (
    <section className={css['card']}>
      <h2>{t('appeals.hotline')}</h2>
      <p>{t('appeals.hotlineWhy')}</p>
      <a className={own['call']} href={`tel:${number.replace(/[^\d+]/g, '')}`}>
        {t('appeals.call', { number })}
      </a>
    </section>
  );
}
