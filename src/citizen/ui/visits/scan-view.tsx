import { useEffect, useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import css from '../parts/page.module.css';
import { useApp, useCitizen } from '../use-citizen.ts';
import { useVisitsWords } from './use-visits-words.ts';
import own from './visits.module.css';

/** The camera's picture with a frame to aim by, and the other ways to bring a code. */
export function ScanView() {
  const { scan } = useCitizen();
  const picture = useApp((state) => state.scan.picture);
  const t = useVisitsWords();
  useWatched();
  return (
    <div className={`${css['page']} ${own['page']}`}>
      <View />
      <label className={own['pick']}>
        <input
          type="file"
          accept="image/*"
          aria-label={t('visits.picture')}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void scan.readPicture(file);
            event.target.value = ''; // the same picture may be chosen again
          }}
        />
        {t('visits.picture')}
      </label>
      <p role="status">{picture && t(`visits.picture.${picture}`)}</p>
      <p className={css['hint']}>{t('visits.byLink')}</p>
    </div>
  );
}

function View() {
  const { scan } = useCitizen();
  const camera = useApp((state) => state.scan.camera);
  const t = useVisitsWords();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mounted = scan.mount(container.current);
    return () => void mounted.then((unmount) => unmount()).catch(() => undefined);
  }, [scan]);
  const isOff = camera.kind !== 'live' && camera.kind !== 'starting';
  return (
    <section aria-label={t('visits.view')}>
      <div className={own['view']}>
        <div ref={container} />
        {camera.kind === 'live' && (
          <svg className={own['frame']} viewBox="0 0 100 100" aria-hidden="true">
            <path d="M2 26V2h24M74 2h24v24M98 74v24H74M26 98H2V74" />
          </svg>
        )}
        {camera.kind === 'starting' && (
          <p className={own['cover']} role="status">
            {t('visits.opening')}
          </p>
        )}
        {isOff && (
          <div className={own['cover']}>
            {camera.kind === 'problem' && (
              <p role="alert">{t(`visits.camera.${camera.problem}`)}</p>
            )}
            <Button onClick={() => void scan.start()}>{t('visits.openCamera')}</Button>
          </div>
        )}
      </div>
      {camera.kind === 'live' && <p className={own['aim']}>{t('visits.aim')}</p>}
    </section>
  );
}

/** Open while somebody can see the page, and no longer. */
function useWatched(): void {
  const { scan } = useCitizen();
  useEffect(() => {
    const look = () => (document.hidden ? scan.stop() : void scan.start());
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      scan.stop();
    };
  }, [scan]);
}
