import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { Dialog } from '../../parts/dialog.tsx';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import { applicationOf, nothingTyped, PlaceFields } from './place-fields.tsx';

/** An application that did not come by the citizen's app. */
export function AskDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [typed, setTyped] = useState(nothingTyped);
  const application = applicationOf(typed);
  const send = async () => {
    if (
      application &&
      (await desk.act(() => desk.issuing.send('/venue-applications', application)))
    )
      onDone();
  };
  return (
    <Dialog title={t('venues.ask')} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className={css['hint']}>{t('venues.askWhy')}</p>
        <PlaceFields typed={typed} onChange={setTyped} later />
        <LastRefusal />
        <Button type="submit" kind="primary" disabled={busy || !application}>
          {t('venues.ask')}
        </Button>
      </form>
    </Dialog>
  );
}
