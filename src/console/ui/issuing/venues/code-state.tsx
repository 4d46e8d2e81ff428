import { type PlaceCode, soonDays } from '../../../../core/place/desk-places.ts';
import css from '../../parts/desk.module.css';
import { useWords } from '../../use-console.ts';
import { millis } from '../scheme.ts';

/** In use and not over: one that may hang at a door. */
export const isGoodCode = (code: PlaceCode | undefined): boolean =>
  code !== undefined && code.revokedAt === undefined && millis(code.exp) > Date.now();

/** Until when a place's code is good, in the look of an alarm where something is to be done. */
export function CodeState({ code }: { code: PlaceCode | undefined }) {
  const { t, f } = useWords();
  if (!code) return <>{t('venues.noCode')}</>;
  if (code.revokedAt !== undefined) {
    const { revokedAt, reason = '—' } = code;
    return <>{t('venues.revoked', { time: f.stamp(revokedAt), reason })}</>;
  }
  const leftMs = millis(code.exp) - Date.now();
  const time = f.stamp(millis(code.exp));
  if (leftMs > soonDays * 86_400_000) return <>{t('venues.valid', { time })}</>;
  return (
    <span className={css['alarm']}>
      {t(leftMs > 0 ? 'venues.ending' : 'venues.over', { time })}
    </span>
  );
}
