import { shanghaiDay } from '../../../core/health/shanghai.ts';
import css from '../parts/page.module.css';
import { useApp, useWords } from '../use-citizen.ts';

/** That nothing is left today, and from when there is again, by the server's day. */
export function NoneLeft() {
  const about = useApp((state) => state.declare.about);
  const { t, f } = useWords();
  const isNone = about !== undefined && about.left === 0;
  const next = about ? Date.parse(`${shanghaiDay(about.now)}T24:00:00+08:00`) : 0;
  return (
    <div role="alert">
      {isNone && (
        <p className={css['note']}>{t('declare.none', { time: f.dayTime(next, about.now) })}</p>
      )}
    </div>
  );
}
