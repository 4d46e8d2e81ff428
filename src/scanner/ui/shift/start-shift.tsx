import { Suspense, useState } from 'react';
import type { ScannedWith } from '../../../core/log/outcome.ts';
import { Button } from '../../../parts/button.tsx';
import { StorageBar, UpdateBar } from '../parts/bars.tsx';
import { lazyScreen } from '../parts/lazy-screen.ts';
import { NameForm } from '../parts/name-form.tsx';
import { Page } from '../parts/page.tsx';
import { pictureWords } from '../picture-words.ts';
import { ScannedWithChoice } from '../settings/scanned-with.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { NameChips } from './name-chips.tsx';
import { RapidOffer } from './rapid-offer.tsx';
import css from './start-shift.module.css';

const SettingsSheet = lazyScreen(
  async () => (await import('../settings/settings-sheet.tsx')).SettingsSheet,
);

/** Who is on duty at which gate. The tap that starts the shift also unlocks sound and camera. */
export function StartShift() {
  const gate = useApp((state) => state.gate);
  const isKnown = useApp((state) => state.guards !== undefined);
  const picture = useApp((state) => state.picture); // dropped or pasted here
  const { t } = useWords();
  const { startShift } = useActions();
  const [operator, setOperator] = useState('');
  const [scannedWith, setScannedWith] = useState<ScannedWith>();
  const [busy, setBusy] = useState(false);

  const start = async (who: string) => {
    if (busy) return;
    setBusy(true);
    await startShift(who, scannedWith);
    setBusy(false);
  };

  return (
    <Page>
      <StorageBar />
      <UpdateBar />
      <div className={css['start']}>
        <div className={css['head']}>
          <div className={css['gate']}>
            <h1>{t('start.title')}</h1>
            {gate && (
              <p>
                <strong>{gate.name}</strong> <span>{t(`venue.${gate.venue}`)}</span>
              </p>
            )}
          </div>
          <More />
        </div>
        <ScannedWithChoice value={scannedWith} onChange={setScannedWith} compact />
        <RapidOffer />
        <NameChips title={t('start.who')} disabled={busy} onPick={(who) => void start(who)} />
        <NameForm
          className={css[isKnown ? 'row' : 'form']}
          label={t(isKnown ? 'start.other' : 'start.operator')}
          hint={isKnown ? undefined : t('start.operatorHint')}
          value={operator}
          busy={busy}
          onChange={setOperator}
          onName={(who) => void start(who)}
        >
          {t(busy ? 'start.busy' : 'start.go')}
        </NameForm>
        <p role="status">{pictureWords(t, picture)}</p>
      </div>
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
