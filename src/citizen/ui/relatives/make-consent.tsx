import { useEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import { spokenConsent } from '../../app/relatives/relatives-form.ts';
import css from '../parts/page.module.css';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { FamilyRefusal } from './family-refusal.tsx';
import own from './relatives.module.css';

/** A code by which a relative may show mine, with its end; gone from the page when it is over. */
export function MakeConsent() {
  const { family } = useCitizen();
  const { made, isMadeOver, busy } = useApp((state) => state.family);
  const { t, f } = useWords();
  useEffect(() => {
    if (!made) return;
    // by the server's two times, whatever this phone's clock says
    const timer = setTimeout(family.consentOver, made.exp * 1000 - made.now);
    return () => clearTimeout(timer);
  }, [made, family]);
  return (
    <>
      <p className={css['hint']}>{t('relatives.letShowWhy')}</p>
      <div role="status">
        {isMadeOver && <p>{t('relatives.madeOver')}</p>}
        {made && (
          <>
            <p className={own['code']} translate="no">
              {spokenConsent(made.code)}
            </p>
            <p>{t('relatives.madeUntil', { time: f.time(made.exp * 1000) })}</p>
          </>
        )}
      </div>
      <FamilyRefusal act="make" />
      <Button disabled={busy !== undefined} onClick={() => void family.makeConsent()}>
        {t(made ? 'relatives.makeAnother' : 'relatives.make')}
      </Button>
    </>
  );
}
