import type { ReactNode } from 'react';
import { Icon } from '../../../parts/icon.tsx';
import { useWords } from '../use-ui.ts';
import css from './tool.module.css';
import type { PictureScan } from './use-picture.ts';

interface Props {
  picture: PictureScan;
  /** Default: 图片. */
  label?: ReactNode;
}

/** Chooses a picture to scan; the same file may be chosen twice in a row. */
export function PictureButton({ picture, label }: Props) {
  const { t } = useWords();
  return (
    <label className={css['tool']}>
      <Icon name="picture" />
      <span>{label ?? t('camera.picture')}</span>
      <input
        type="file"
        accept="image/*"
        disabled={picture.state === 'busy'}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) void picture.read(file);
          event.target.value = '';
        }}
      />
    </label>
  );
}
