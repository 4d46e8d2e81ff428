import type { AppState, PictureAnswer } from '../../app/state.ts';
import type { Translate } from '../../words/translate.ts';
import { useActions, useApp } from '../use-ui.ts';

export interface PictureScan {
  /** What became of the last picture, however it came in: picked, dropped or pasted. */
  readonly state: AppState['picture'];
  read(file: File): Promise<void>;
}

/** Scanning a picture file, and how that went. */
export function usePicture(): PictureScan {
  const { readPicture } = useActions();
  const state = useApp(({ picture }) => picture);
  return { state, read: readPicture };
}

/** What to say of a picture, and what to do next. */
export function pictureWords(t: Translate, answer: PictureAnswer | undefined): string {
  switch (answer) {
    case undefined:
      return '';
    case 'busy':
      return t('camera.pictureBusy');
    case 'none':
      return t('camera.pictureNone');
    case 'no-shift':
      return t('camera.pictureNoShift');
    default:
      return `${t(`fault.${answer}.title`)} · ${t(`fault.${answer}.next`)}`;
  }
}
