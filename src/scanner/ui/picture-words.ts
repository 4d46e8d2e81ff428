import type { PictureAnswer } from '../app/scan/scan-state.ts';
import type { Translate } from '../words/translate.ts';

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
    case 'card-first':
      return t('camera.pictureCardFirst');
    default:
      return `${t(`fault.${answer}.title`)} · ${t(`fault.${answer}.next`)}`;
  }
}
