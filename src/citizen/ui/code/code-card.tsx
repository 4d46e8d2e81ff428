import type { Level } from '../../../core/terms.ts';
import type { EpochMillis } from '../../../core/units.ts';
import { QrCode } from '../../../parts/qr-code.tsx';
import { type Look, Shape } from '../../../parts/shape.tsx';
import { type Drawn, isOver } from '../../app/code/code-state.ts';
import { useApp, useWords } from '../use-citizen.ts';
import css from './code-card.module.css';
import { RunningLine } from './running-line.tsx';
import { untilText } from './shanghai-time.ts';

const looks: Readonly<Record<Level, Look>> = {
  clear: 'pass',
  caution: 'check',
  stop: 'stop',
  none: 'unknown',
};

/** The code in the frame of its state: colour, word and shape say it together. */
export function CodeCard({ drawn, now }: { drawn: Drawn; now: EpochMillis }) {
  const language = useApp(({ settings }) => settings.language);
  const isNameHidden = useApp(({ settings }) => settings.isNameHidden);
  const isOfflineChosen = useApp(({ code }) => code.isOfflineChosen);
  const isRelative = useApp(({ code }) => code.whose !== '');
  const { t, f } = useWords();
  const { colour = 'none', level = 'none', label, notices, name, id, issuer } = drawn.shown;
  const over = isOver(drawn, now);
  const ago = f.ago(Math.max(0, Math.floor(now / 1000) - drawn.iat));
  return (
    <section className={css['card']} data-colour={colour} data-over={over}>
      <header className={css['band']}>
        <Shape state={over ? 'unknown' : looks[level]} />
        <div>
          <p className={css['word']}>{over ? t('code.over') : label?.[language]}</p>
          <p>{issuer.name?.[language]}</p>
        </div>
        {isRelative && <span className={css['tag']}>{t('code.relative')}</span>}
      </header>
      <div className={css['body']}>
        <RunningLine now={now} />
        <div className={css['qr']}>
          {over ? (
            <p role="alert">{t('code.overHow')}</p>
          ) : (
            <QrCode text={drawn.text} label={t('code.qr')} />
          )}
        </div>
        <div className={css['words']}>
          <p className={css['who']}>
            {isNameHidden ? t('code.nameHidden') : name} <span>{isNameHidden ? '' : id}</span>
          </p>
          <p className={css['age']}>
            {drawn.kind === 'live'
              ? `${t('code.live')} · ${t('code.madeAt', { ago })}`
              : `${t('code.offline')} · ${t('code.validUntil', { time: untilText(drawn.shown.exp * 1000, language) })}`}
          </p>
          {drawn.kind === 'day' && !isOfflineChosen && (
            <p className={css['offline']}>{t('code.noNetwork')}</p>
          )}
          {notices.length > 0 && (
            <ul className={css['notices']} aria-label={t('code.travelNotices')}>
              {notices.map((one) => (
                <li key={one.code}>{one.label?.[language] ?? one.code}</li>
              ))}
            </ul>
          )}
          {!over && (
            <p className={css['means']}>
              {t(notices.length > 0 ? 'code.means.notice' : `code.means.${colour}`)}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}
