import { Icon } from '../../../parts/icon.tsx';
import type { CameraStatus } from '../../../ports/code-reader.ts';
import { useActions, useWords } from '../use-ui.ts';
import css from './view-tools.module.css';

/** Torch, zoom and lens, over the picture they change; only where the camera has them. */
export function ViewTools({ camera }: { camera: Extract<CameraStatus, { kind: 'live' }> }) {
  const { t } = useWords();
  const { nextLens, nextZoom, setTorch } = useActions();
  const { torchOn = false, zoom = 1 } = camera;
  return (
    <div className={css['tools']}>
      {camera.torch && (
        <button
          type="button"
          className={css['tool']}
          aria-pressed={torchOn}
          onClick={() => void setTorch(!torchOn)}
        >
          <Icon name="torch" />
          {t('camera.torch')}
        </button>
      )}
      <button type="button" className={css['tool']} onClick={() => void nextZoom()}>
        <b aria-hidden="true">{zoom}×</b>
        {t('camera.zoom')}
      </button>
      {camera.lenses > 1 && (
        <button type="button" className={css['tool']} onClick={() => void nextLens()}>
          <Icon name="lens" />
          {t('camera.lens')}
        </button>
      )}
    </div>
  );
}
