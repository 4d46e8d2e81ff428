import { useState } from 'react';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { PictureButton } from './picture-button.tsx';
import css from './thumb-bar.module.css';
import tool from './tool.module.css';
import type { PictureScan } from './use-picture.ts';

interface Props {
  picture: PictureScan;
  onShift: () => void;
  onSettings: () => void;
}

/** The tools within reach of a thumb. Torch and lens only where the camera has them. */
export function ThumbBar({ picture, onShift, onSettings }: Props) {
  const camera = useApp((state) => state.camera);
  const { t } = useWords();
  const { nextLens } = useActions();
  const live = camera.kind === 'live';
  return (
    <nav className={css['bar']} aria-label={t('bar.tools')}>
      <PictureButton picture={picture} />
      {live && camera.torch && <TorchButton />}
      {live && camera.lenses > 1 && (
        <Tool icon="lens" label={t('camera.lens')} onTap={() => void nextLens()} />
      )}
      <Tool icon="list" label={t('bar.shift')} onTap={onShift} />
      <Tool icon="settings" label={t('bar.settings')} onTap={onSettings} />
    </nav>
  );
}

function TorchButton() {
  const { t } = useWords();
  const { setTorch } = useActions();
  const [on, setOn] = useState(false);
  const toggle = () => {
    setOn(!on);
    void setTorch(!on);
  };
  return <Tool icon="torch" label={t('camera.torch')} pressed={on} onTap={toggle} />;
}

interface ToolProps {
  icon: IconName;
  label: string;
  pressed?: boolean;
  onTap: () => void;
}

function Tool({ icon, label, pressed, onTap }: ToolProps) {
  return (
    <button type="button" className={tool['tool']} aria-pressed={pressed} onClick={onTap}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}
