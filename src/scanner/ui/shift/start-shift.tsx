import { type FormEvent, Suspense, useId, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { StorageBar, UpdateBar } from '../parts/bars.tsx';
import { lazyScreen } from '../parts/lazy-screen.ts';
import { Page } from '../parts/page.tsx';
import { pictureWords } from '../picture-words.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './start-shift.module.css';

const SettingsSheet = lazyScreen(
  async () => (await import('../settings/settings-sheet.tsx')).SettingsSheet,
);

/** Who is on duty at which gate. The tap that starts the shift also unlocks sound and camera. */
export function StartShift() {
  const gate = useApp((state) => state.gate);
  const picture = useApp((state) => state.picture); // dropped or pasted here
  const { t } = useWords();
  const { startShift } = useActions();
  const [operator, setOperator] = useState('');
  const [busy, setBusy] = useState(false);
  const inputId = useId();
  const name = operator.trim();

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (name === '' || busy) return;
    setBusy(true);
    await startShift(name);
    setBusy(false);
  };

  return (
    <Page>
      <StorageBar />
      <UpdateBar />
      <h1>{t('start.title')}</h1>
      {gate && (
        <p className={css['gate']}>
          <strong>{gate.name}</strong>
          <span>{t(`venue.${gate.venue}`)}</span>
        </p>
      )}
      <form className={css['form']} onSubmit={(event) => void start(event)}>
        <Field
          id={inputId}
          label={t('start.operator')}
          hint={t('start.operatorHint')}
          value={operator}
          onChange={setOperator}
          maxLength={32}
          enterKeyHint="go"
        />
        <Button kind="primary" type="submit" disabled={name === '' || busy}>
          {t(busy ? 'start.busy' : 'start.go')}
        </Button>
      </form>
      <p role="status">{pictureWords(t, picture)}</p>
      <More />
    </Page>
  );
}

function More() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('bar.settings')}</Button>
      <Suspense>{open && <SettingsSheet onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
