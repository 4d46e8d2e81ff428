import type { Live } from '../../app/live-query.ts';
import type { Translate } from '../../words/translate.ts';
import { useWords } from '../use-console.ts';
import own from './today-page.module.css';

type Line = Pick<Live<unknown>, 'line' | 'heardAt'>;

/**
 * Whether what is seen is of now. Read aloud when it changes, and not with every message: the time
 * beside it stands apart.
 */
export function LineStatus({ live, at }: { live: Line; at?: number | undefined }) {
  const { t, f } = useWords();
  return (
    <p className={own['line']} data-line={live.line}>
      <span role="status">{lineText(t, live, (time) => f.time(time))}</span>
      {at !== undefined && live.line !== 'lost' && (
        <span className={own['asOf']}>{t('live.asOf', { time: f.time(at, true) })}</span>
      )}
    </p>
  );
}

function lineText(t: Translate, { line, heardAt }: Line, time: (at: number) => string): string {
  if (line !== 'lost') return t(`live.${line}`);
  return heardAt === undefined ? t('live.never') : t('live.lost', { time: time(heardAt) });
}
