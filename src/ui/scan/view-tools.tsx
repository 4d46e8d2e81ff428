import { useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './view-tools.module.css';

/** Torch and lens, over the picture they change; only where the camera has them. */
export function ViewTools() {
  const camera = useApp((state) => state.camera);
  const { t } = useWords();
  const { nextLens, setTorch } = useActions();
  const [lit, setLit] = useState(false);
  if (camera.kind !== 'live') return null;
  const toggle = () => {
    setLit(!lit);
    void setTorch(!lit);
  };
  return (
    <div className={css['tools']}>
      {camera.torch && (
        <button type="button" className={css['tool']} aria-pressed={lit} onClick={toggle}>
          <Icon name="torch" />
          {t('camera.torch')}
        </button>
      )}
      {camera.lenses > 1 && (
        <button type="button" className={css['tool']} onClick={() => void nextLens()}>
          <Icon name="lens" />
          {t('camera.lens')}
        </button>
      )}
    </div>
  );
}
