import { useEffect, useRef } from 'react';
import { useApp, useUi, useWords } from '../use-ui.ts';
import css from './idle.module.css';
import { InThree } from './languages.tsx';

/**
 * Where to hold the code: great words, an arrow, a frame. The camera's picture stays in the page beneath
 * every result, or the browser would let it stand still.
 */
export function Idle({ isShown }: { isShown: boolean }) {
  const camera = useApp((state) => state.kiosk?.camera ?? 'back');
  const isStray = useApp((state) => state.kioskStray === true);
  const { t } = useWords();
  return (
    <section className={css['idle']} data-shown={isShown} inert={!isShown}>
      <div role="status" className={css['words']} data-stray={isStray}>
        <InThree text={(one) => one('kiosk.show')} />
      </div>
      <svg className={css['arrow']} viewBox="0 0 100 100" aria-hidden="true">
        <path d="M50 6v80M16 54l34 34 34-34" />
      </svg>
      {camera === 'none' ? <Code /> : <Picture isMirror={camera === 'front'} />}
      <p className={css['how']}>{t(`kiosk.how.${camera}`)}</p>
    </section>
  );
}

function Picture({ isMirror }: { isMirror: boolean }) {
  const { mountCamera } = useUi();
  const { t } = useWords();
  const isLive = useApp((state) => state.camera.kind === 'live');
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (container.current !== null) return mountCamera(container.current);
  }, [mountCamera]);
  return (
    <div className={css['view']} data-mirror={isMirror}>
      <div ref={container} className={css['camera']} />
      <svg className={css['frame']} viewBox="0 0 100 100" aria-hidden="true">
        <path d="M2 26V2h24M74 2h24v24M98 74v24H74M26 98H2V74" />
      </svg>
      {!isLive && <p className={css['waiting']}>{t('camera.starting')}</p>}
    </div>
  );
}

/** A code as it looks, where there is no picture to hold it into. */
function Code() {
  return (
    <svg className={css['code']} viewBox="0 0 21 21" aria-hidden="true">
      <path d="M0 0h7v7H0Zm1 1v5h5V1Zm1 1h3v3H2ZM14 0h7v7h-7Zm1 1v5h5V1Zm1 1h3v3h-3ZM0 14h7v7H0Zm1 1v5h5v-5Zm1 1h3v3H2ZM9 1h2v2H9Zm2 3h2v3h-2ZM8 8h3v2H8Zm5 1h3v2h-3Zm5 0h2v4h-2ZM1 9h4v2H1Zm8 3h2v4H9Zm4 1h2v2h-2Zm3 3h4v2h-4Zm-4 3h2v2h-2Zm4 1h4v1h-4Z" />
    </svg>
  );
}
