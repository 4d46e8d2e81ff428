import type { CameraProblem } from '../../app/ports.ts';
import { Bilingual } from '../parts/bilingual.tsx';
import { Button } from '../parts/button.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './camera-problem.module.css';
import { PictureButton } from './picture-button.tsx';
import type { PictureScan } from './use-picture.ts';

interface Props {
  problem: CameraProblem;
  picture: PictureScan;
}

/** No camera: what to do about it, and the way on without one. */
export function CameraProblemPage({ problem, picture }: Props) {
  const { t } = useWords();
  const { startCamera } = useActions();
  return (
    <div className={css['problem']}>
      <div role="alert" className={css['words']}>
        <h2>
          <Bilingual text={(words) => words(`fault.camera-${problem}.title`)} />
        </h2>
        <p>
          <Bilingual text={(words) => words(`fault.camera-${problem}.next`)} />
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
