import { useEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import type { CameraProblem } from '../../../ports/code-reader.ts';
import type { Browser } from '../../../ports/phone.ts';
import { Bilingual } from '../parts/bilingual.tsx';
import { PictureButton } from '../parts/picture-button.tsx';
import type { PictureScan } from '../parts/use-picture.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './camera-problem.module.css';

interface Props {
  problem: CameraProblem;
  picture: PictureScan;
}

/** No camera: what to do about it on this very phone, and the way on without one. */
export function CameraProblemPage({ problem, picture }: Props) {
  const browser = useApp((state) => state.phone?.browser);
  const { t } = useWords();
  const { readPhone, startCamera } = useActions();
  useEffect(() => {
    if (browser === undefined) void readPhone();
  }, [browser, readPhone]);
  return (
    <div className={css['problem']}>
      <div role="alert" className={css['words']}>
        <h2>
          <Bilingual text={(words) => words(`fault.camera-${problem}.title`)} />
        </h2>
        <p>
          <Bilingual text={(words) => words(remedy(problem, browser))} />
        </p>
      </div>
      <div className={css['actions']}>
        <Button kind="primary" onClick={() => void startCamera()}>
          {t('camera.retry')}
        </Button>
        <PictureButton picture={picture} />
      </div>
    </div>
  );
}

/** A window inside another app often has no camera at all, whatever it says. */
function remedy(problem: CameraProblem, browser: Browser | undefined) {
  const isOurs = problem === 'busy' || problem === 'insecure';
  if (browser === 'in-app' && !isOurs) return 'camera.allow.in-app' as const;
  if (problem !== 'denied' || browser === undefined) return `fault.camera-${problem}.next` as const;
  return browser === 'other' ? 'fault.camera-denied.next' : (`camera.allow.${browser}` as const);
}
