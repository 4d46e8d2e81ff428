import { useEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import { syncWords } from '../sync-words.ts';
import { useActions, useApp, useUi, useWords } from '../use-ui.ts';
import css from './about.module.css';

/** What this phone is: gate, uploads, how it is installed and whether the browser will keep the log. */
export function About() {
  const gate = useApp((state) => state.gate);
  const sync = useApp((state) => state.sync);
  const phone = useApp((state) => state.phone);
  const { version } = useUi();
  const { t, f } = useWords();
  const { readPhone } = useActions();
  useEffect(() => void readPhone(), [readPhone]);
  const megabytes = (bytes: number) => f.number(Math.round(bytes / 1e6));
  return (
    <>
      <InstallHint />
      <dl className={css['about']}>
        <dt>{t('settings.gate')}</dt>
        <dd>{gate ? `${gate.name} · ${t(`venue.${gate.venue}`)}` : '–'}</dd>
        <dt>{t('settings.sync')}</dt>
        <dd>{syncWords(sync, t)}</dd>
        <dt>{t('settings.storage')}</dt>
        <dd>
          {phone && t(phone.persisted ? 'settings.kept' : 'settings.notKept')}
          {phone?.usedBytes !== undefined &&
            phone.quotaBytes !== undefined &&
            ` · ${t('settings.space', {
              used: megabytes(phone.usedBytes),
              quota: megabytes(phone.quotaBytes),
            })}`}
        </dd>
        <dt>{t('check.decoder')}</dt>
        <dd>{phone && t(`decoder.${phone.decoder}`)}</dd>
        <dt>{t('settings.version')}</dt>
        <dd>{version}</dd>
      </dl>
    </>
  );
}

/** How to get the app onto the home screen of this very phone. */
function InstallHint() {
  const way = useApp((state) => state.phone?.installWay);
  const { t } = useWords();
  const { install } = useActions();
  if (way === undefined || way === 'installed' || way === 'none') return null;
  return (
    <section className={css['hint']}>
      <h3>{t('install.title')}</h3>
      <p>{t(`install.${way}`)}</p>
      {way === 'prompt' && <Button onClick={() => void install()}>{t('install.go')}</Button>}
    </section>
  );
}
