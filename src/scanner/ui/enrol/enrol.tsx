import { Suspense, useEffect, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Bilingual } from '../parts/bilingual.tsx';
import { lazyScreen } from '../parts/lazy-screen.ts';
import { Page } from '../parts/page.tsx';
import { PictureButton } from '../parts/picture-button.tsx';
import { usePicture } from '../parts/use-picture.ts';
import { pictureWords } from '../picture-words.ts';
import { useActions, useApp } from '../use-ui.ts';
import css from './enrol.module.css';
import { LossyPlaceNote } from './lossy-place.tsx';

const ScanCode = lazyScreen(async () => (await import('./scan-code.tsx')).ScanCode);

/** Gives the device its gate. In both languages: nobody has chosen one yet. */
export function Enrol() {
  const enrolling = useApp((state) => state.enrolling);
  const { enrolDemo, scanEnrolment, seeWindow } = useActions();
  const demo = useApp((state) => state.demo);
  const place = useApp((state) => state.enrolPlace);
  const host = useApp((state) => state.enrolWindow);
  const [scanning, setScanning] = useState(false);
  // an app that cannot start says so itself
  useEffect(() => void seeWindow().catch(() => undefined), [seeWindow]);
  if (place !== undefined) {
    return (
      <Page>
        <LossyPlaceNote place={place} />
      </Page>
    );
  }
  const busy = enrolling === 'busy';
  return (
    <Page>
      <h1>
        <Bilingual text={(t) => t('enrol.title')} />
      </h1>
      <p>
        <Bilingual text={(t) => t('enrol.lead')} />
      </p>
      {host && (
        <p role="alert" className={css['problem']}>
          <Bilingual
            text={(t) => t('enrol.window', { app: t(`host.${host}`), address: location.host })}
          />
        </p>
      )}
      {scanning ? (
        <Suspense>
          <ScanCode aim="enrol.aim" start={scanEnrolment} />
        </Suspense>
      ) : (
        <Button kind="primary" disabled={busy} onClick={() => setScanning(true)}>
          <span>
            <Bilingual text={(t) => t('enrol.scan')} />
          </span>
        </Button>
      )}
      <EnrolPicture />
      {demo && (
        <Button disabled={busy} onClick={() => void enrolDemo()}>
          <span>
            <Bilingual text={(t) => t(busy ? 'enrol.busy' : 'enrol.demo')} />
          </span>
        </Button>
      )}
      <EnrolProblem />
    </Page>
  );
}

/** The operator's code as somebody sent it, or where there is no camera. */
function EnrolPicture() {
  const picture = usePicture();
  return (
    <>
      <PictureButton picture={picture} label={<Bilingual text={(t) => t('enrol.picture')} />} />
      {picture.state !== undefined && picture.state !== 'busy' && (
        <p role="alert" className={css['problem']}>
          <Bilingual text={(t) => pictureWords(t, picture.state)} />
        </p>
      )}
    </>
  );
}

function EnrolProblem() {
  const enrolling = useApp((state) => state.enrolling);
  const fault = useApp((state) => state.fault);
  const hub = useApp((state) => state.enrolHub) ?? '';
  if (enrolling === 'busy') return null;
  if (enrolling === 'idle' && fault === undefined) return null;
  return (
    <p role="alert" className={css['problem']}>
      {enrolling === 'idle' ? (
        <Bilingual text={(t) => t(`fault.${fault ?? 'internal'}.next`)} />
      ) : (
        <Bilingual text={(t) => t(`enrol.${enrolling}`, { hub })} />
      )}
    </p>
  );
}
