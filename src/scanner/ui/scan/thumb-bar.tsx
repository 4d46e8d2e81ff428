import { Icon, type IconName } from '../../../parts/icon.tsx';
import { PictureButton } from '../parts/picture-button.tsx';
import tool from '../parts/tool.module.css';
import type { PictureScan } from '../parts/use-picture.ts';
import { useWords } from '../use-ui.ts';
import css from './thumb-bar.module.css';

interface Props {
  picture: PictureScan;
  onManual: () => void;
  onShift: () => void;
  onSettings: () => void;
}

/** The tools within reach of a thumb. */
export function ThumbBar({ picture, onManual, onShift, onSettings }: Props) {
  const { t } = useWords();
  return (
    <nav className={css['bar']} aria-label={t('bar.tools')}>
      <Tool icon="pen" label={t('bar.manual')} onTap={onManual} />
      <PictureButton picture={picture} />
      <Tool icon="list" label={t('bar.shift')} onTap={onShift} />
      <Tool icon="settings" label={t('bar.settings')} onTap={onSettings} />
    </nav>
  );
}

interface ToolProps {
  icon: IconName;
  label: string;
  onTap: () => void;
}

function Tool({ icon, label, onTap }: ToolProps) {
  return (
    <button type="button" className={tool['tool']} onClick={onTap}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}
