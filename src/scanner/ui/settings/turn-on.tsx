import { useState } from 'react';
import { type KioskCamera, kioskCameras } from '../../../core/enrol/kiosk-camera.ts';
import type { ScannedWith } from '../../../core/log/outcome.ts';
import { Button } from '../../../parts/button.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Choice } from './choice.tsx';
import { ScannedWithChoice } from './scanned-with.tsx';
import css from './turn-on.module.css';

/** For an open supervisor: what a kiosk needs to know before nobody stands at it any more. */
export function TurnOn({ onBack }: { onBack: () => void }) {
  const refused = useApp((state) => state.kioskRefused);
  const { t } = useWords();
  const { turnKioskOn } = useActions();
  const [camera, setCamera] = useState<KioskCamera>('front');
  const [scannedWith, setScannedWith] = useState<ScannedWith>();
  const plan = { camera, ...(scannedWith && { scannedWith }) };
  return (
    <section className={css['form']}>
      <h3>{t('kiosk.title')}</h3>
      <p>{t('kiosk.lead')}</p>
      <Choice
        title={t('kiosk.camera')}
        value={camera}
        options={kioskCameras.map((one) => [one, t(`kiosk.camera.${one}`)] as const)}
        onChange={setCamera}
      />
      <ScannedWithChoice value={scannedWith} onChange={setScannedWith} />
      <p role="alert">{refused && <strong>{t(`kiosk.refused.${refused}`)}</strong>}</p>
      <Button kind="primary" onClick={() => void turnKioskOn(plan)}>
        {t('kiosk.go')}
      </Button>
      <Button onClick={onBack}>{t('card.back')}</Button>
    </section>
  );
}
