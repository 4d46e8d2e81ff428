import { useEffect, useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import { useActions, useApp, useUi, useWords } from '../use-ui.ts';
import css from './scan-code.module.css';

interface Props {
  /** What to hold before the camera. */
  aim: 'enrol.aim' | 'boss.resetAim';
  /** Opens the camera for it. */
  start: () => Promise<void>;
}

/** The camera for an operator's one-use code: open, looking, or what is wrong with it. */
export function ScanCode({ aim, start }: Props) {
  const camera = useApp((state) => state.camera);
  const { mountCamera } = useUi();
  const { t } = useWords();
  const { stopCamera } = useActions();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (container.current !== null) return mountCamera(container.current);
  }, [mountCamera]);
  useEffect(() => {
    void start();
    return stopCamera;
  }, [start, stopCamera]);
  return (
    <section className={css['scan']} aria-label={t('camera.view')}>
      <div ref={container} className={css['view']} />
      <p role="status">
        {camera.kind === 'problem' ? t(`fault.camera-${camera.problem}.next`) : t(aim)}
      </p>
      {camera.kind !== 'live' && camera.kind !== 'starting' && (
        <Button onClick={() => void start()}>{t('camera.retry')}</Button>
      )}
    </section>
  );
}
