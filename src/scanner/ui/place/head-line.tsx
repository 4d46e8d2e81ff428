import { shownInside } from '../../../core/log/occupancy.ts';
import { isPlaceFull } from '../../app/place/way.ts';
import type { AppState } from '../../app/state.ts';
import { useApp, useNow, useWords } from '../use-ui.ts';
import css from './place-bar.module.css';

/** What other gates had counted is told as old from then on: a phone hears it every minute. */
const oldMs = 150_000;

/** 现在 128 / 200: how many are inside, as far as this phone knows. */
export function HeadLine({ place }: { place: NonNullable<AppState['place']> }) {
  const heads = useApp((state) => state.heads);
  const isFull = useApp(isPlaceFull);
  const words = useWords();
  const { t, f } = words;
  const now = useNow(10_000);
  if (!heads) return null;
  const { zone } = place;
  const n = f.number(shownInside(heads));
  const name = typeof zone?.name === 'string' ? zone.name : zone?.name[words.language];
  const age = heads.at === undefined ? undefined : now - heads.at;
  return (
    <p className={css['heads']} data-full={isFull}>
      {name !== undefined && <bdi>{name}</bdi>}
      <b>
        {zone?.capacity === undefined
          ? t('heads.now', { n })
          : t('heads.of', { n, max: f.number(zone.capacity) })}
      </b>
      {isFull && <strong>{t('heads.full')}</strong>}
      {age === undefined && <span>{t('heads.own')}</span>}
      {age !== undefined && age > oldMs && (
        <span>{t('heads.old', { ago: f.ago(Math.max(0, age / 1000)) })}</span>
      )}
      {heads.inside < 0 && <strong role="alert">{t('heads.wrong')}</strong>}
    </p>
  );
}
