import { useEffect, useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import { useActions, useApp, useUi, useWords } from '../use-ui.ts';
import css from './scan-enrolment.module.css';

/** The camera for a one-use enrolment code: open, looking, or what is wrong with it. */
export function ScanEnrolment() {
  const camera = useApp((state) => state.camera);
  const { mountCamera } = useUi();
  const { t } = useWords();
  const { scanEnrolment, stopCamera } = useActions();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (container.current !== null) return mountCamera(container.current);
  }, [mountCamera]);
  useEffect(() => {
    void scanEnrolment();
    return stopCamera;
  }, [scanEnrolment, stopCamera]);
  return (
    <section className={css['scan']} aria-label={t('camera.view')}>
      <div ref={container} className={css['view']} />
      <p role="status">
        {camera.kind === 'problem' ? t(`fault.camera-${camera.problem}.next`) : t('enrol.aim')}
      </p>
      {camera.kind !== 'live' && camera.kind !== 'starting' && (
        <Button onClick={() => void scanEnrolment()}>{t('camera.retry')}</Button>
      )}
    </section>
  );
}
