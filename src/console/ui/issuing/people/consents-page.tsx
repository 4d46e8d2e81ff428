import { useEffect, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { useConsole, useWords } from '../../use-console.ts';
import own from '../issuing.module.css';
import { nothingTyped } from './document-fields.tsx';
import { DocumentForm } from './document-form.tsx';

const lifeMs = 10 * 60_000;

interface Consent {
  readonly code: string;
  readonly until: number;
}

/** A code by which a relative may show the code of who stands here. */
export function ConsentsPage() {
  const [consent, setConsent] = useState<Consent>();
  return consent ? (
    <Code consent={consent} onNext={() => setConsent(undefined)} />
  ) : (
    <ConsentForm onMade={(code) => setConsent({ code, until: Date.now() + lifeMs })} />
  );
}

function ConsentForm({ onMade }: { onMade: (code: string) => void }) {
  const desk = useConsole();
  const { t } = useWords();
  const [typed, setTyped] = useState(nothingTyped);
  const make = () =>
    desk.act(async () => {
      const answer = await desk.issuing.send<{ code: string }>('/consents', typed);
      if (answer.ok) onMade(answer.value.code);
      return answer;
    });
  return (
    <DocumentForm typed={typed} onChange={setTyped} onSend={make} act={t('consents.make')}>
      <p className={css['hint']}>{t('consents.why')}</p>
    </DocumentForm>
  );
}

function Code({ consent, onNext }: { consent: Consent; onNext: () => void }) {
  const { t, f } = useWords();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), consent.until - Date.now());
    return () => clearTimeout(timer);
  }, [consent]);
  return (
    <div className={css['box']}>
      <h3>{t('consents.code')}</h3>
      <div role="status" className={css['list']}>
        {isOver ? (
          <p className={css['note']} data-kind="wrong">
            {t('consents.over')}
          </p>
        ) : (
          <>
            <p className={own['consent']}>
              {consent.code.slice(0, 5)}-{consent.code.slice(5)}
            </p>
            <p>{t('consents.how', { time: f.time(consent.until) })}</p>
          </>
        )}
      </div>
      <div className={css['row']}>
        <Button kind="primary" autoFocus onClick={onNext}>
          {t('consents.next')}
        </Button>
      </div>
    </div>
  );
}
