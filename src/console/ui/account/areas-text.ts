import type { Areas } from '../../../core/console/areas.ts';
import type { Translate } from '../../words/translate.ts';

/** Where an account may act, as people read it. */
export function areasText(t: Translate, areas: Areas): string {
  if (areas === 'all') return t('areas.all');
  return areas.length === 0 ? t('areas.none') : areas.join(', ');
}
