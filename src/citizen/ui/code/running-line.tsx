import type { EpochMillis } from '../../../core/units.ts';
import { useApp, useWords } from '../use-citizen.ts';
import css from './running-line.module.css';
import { clockText, dayText } from './shanghai-time.ts';

/** What no picture of the screen has: a clock that runs, and a band that moves. */
export function RunningLine({ now }: { now: EpochMillis }) {
  const language = useApp(({ settings }) => settings.language);
  const { t } = useWords();
  return (
    <div className={css['line']}>
      <time className={css['clock']} role="timer" aria-label={t('code.clock')}>
        {clockText(now, language)}
      </time>
      <span className={css['day']}>{dayText(now, language)}</span>
      <span className={css['band']}>
        <span className={css['moving']} data-step={Math.floor(now / 1000) % 4}>
          {t('code.noScreenshot')}
        </span>
      </span>
    </div>
  );
}
