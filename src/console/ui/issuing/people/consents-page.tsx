import { useEffect, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import own from '../issuing.module.css';
import { DocumentFields, isDocument, nothingTyped } from './document-fields.tsx';

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
  const busy = useDesk((state) => state.busy);
  const [typed, setTyped] = useState(nothingTyped);
  const make = () =>
    desk.act(async () => {
      const answer = await desk.issuing.send<{ code: string }>('/consents', typed);
      if (answer.ok) onMade(answer.value.code);
      return answer;
    });
  return (
    <form
      className={css['box']}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <p className={css['hint']}>{t('consents.why')}</p>
      <div className={css['form']}>
        <DocumentFields typed={typed} onChange={setTyped} />
        <LastRefusal />
        <div className={css['row']}>
          <Button type="submit" kind="primary" disabled={busy || !isDocument(typed)}>
            {t('consents.make')}
          </Button>
        </div>
      </div>
    </form>
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
