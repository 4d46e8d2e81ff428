import { Icon } from '../parts/icon.tsx';
import { useWords } from '../use-ui.ts';
import css from './tool.module.css';
import type { PictureScan } from './use-picture.ts';

/** Chooses a picture to scan; the same file may be chosen twice in a row. */
export function PictureButton({ picture }: { picture: PictureScan }) {
  const { t } = useWords();
  return (
    <label className={css['tool']}>
      <Icon name="picture" />
      <span>{t('camera.picture')}</span>
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
