import { Suspense, useEffect, useRef } from 'react';
import { unreachable } from '../../../core/result.ts';
import { Icon } from '../../../parts/icon.tsx';
import type { CameraHint, CameraStatus } from '../../../ports/code-reader.ts';
import { lazyScreen } from '../parts/lazy-screen.ts';
import type { PictureScan } from '../parts/use-picture.ts';
import { pictureWords } from '../picture-words.ts';
import { useActions, useApp, useUi, useWords } from '../use-ui.ts';
import css from './viewfinder.module.css';

const CameraProblemPage = lazyScreen(
  async () => (await import('./camera-problem.tsx')).CameraProblemPage,
);

const ViewTools = lazyScreen(async () => (await import('./view-tools.tsx')).ViewTools);

/** The camera picture with a frame to aim by; covered by what to do while there is none. */
export function Viewfinder({ picture }: { picture: PictureScan }) {
  const { mountCamera } = useUi();
  const { t } = useWords();
  const camera = useApp((state) => state.camera);
  const paused = useApp((state) => state.shift?.pausedAt !== undefined);
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (container.current !== null) return mountCamera(container.current);
  }, [mountCamera]);
  return (
    <section className={css['view']} aria-label={t('camera.view')}>
      <div ref={container} className={css['camera']} />
      {paused ? <BreakCover /> : <Cover camera={camera} picture={picture} />}
      <Suspense>{camera.kind === 'live' && <ViewTools camera={camera} />}</Suspense>
      <p role="status" className={css['picture']}>
        {pictureWords(t, picture.state)}
      </p>
    </section>
  );
}

function Cover({ camera, picture }: { camera: CameraStatus; picture: PictureScan }) {
  const { t } = useWords();
  switch (camera.kind) {
    case 'live':
      return <Aim hint={camera.hint} />;
    case 'starting':
      return <p className={css['cover']}>{t('camera.starting')}</p>;
    case 'off':
      return <TapCover label={t('camera.tapToStart')} />;
    case 'paused':
      return <TapCover label={t('camera.tapToResume')} />;
    case 'problem':
      return (
        <Suspense fallback={<p className={css['cover']}>{t('camera.starting')}</p>}>
          <CameraProblemPage problem={camera.problem} picture={picture} />
        </Suspense>
      );
    default:
      return unreachable(camera);
  }
}

/** Where to hold the code; after a while without one, what may help. */
function Aim({ hint }: { hint?: CameraHint | undefined }) {
  const { t } = useWords();
  return (
    <>
      <svg className={css['frame']} viewBox="0 0 100 100" aria-hidden="true">
        <path d="M2 26V2h24M74 2h24v24M98 74v24H74M26 98H2V74" />
      </svg>
      <p role="status" className={css['aim']}>
        {t(hint ? `camera.hint.${hint}` : 'camera.aim')}
      </p>
    </>
  );
}

function BreakCover() {
  const { t } = useWords();
  const { resumeShift } = useActions();
  return (
    <button type="button" className={css['cover']} onClick={() => void resumeShift()}>
      <Icon name="camera" />
      {t('shift.paused')}
    </button>
  );
}

function TapCover({ label }: { label: string }) {
  const { startCamera } = useActions();
  return (
    <button type="button" className={css['cover']} onClick={() => void startCamera()}>
      <Icon name="camera" />
      {label}
    </button>
  );
}
