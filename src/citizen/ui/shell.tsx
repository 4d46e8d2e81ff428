import { Suspense } from 'react';
import { Skip } from '../../parts/skip.tsx';
import { hashOf } from '../app/place/place-state.ts';
import { ChooseLanguage } from './choose-language.tsx';
import { TabIcon } from './parts/tab-icon.tsx';
import { placeOfPage, places } from './places.tsx';
import css from './shell.module.css';
import { useApp, useWords } from './use-citizen.ts';

/** The frame around every page: what it is, and where else one can go. */
export function Shell() {
  const { t } = useWords();
  const page = useApp(({ place }) => place.page);
  const here = placeOfPage(page);
  return (
    <div className={css['shell']}>
      <Skip to="page">{t('app.skip')}</Skip>
      <header className={css['head']}>
        <h1>{here && t(`page.${here.page}`)}</h1>
        <ChooseLanguage />
      </header>
      <main id="page" tabIndex={-1} className={css['main']}>
        <Suspense fallback={<p role="status">{t('app.loading')}</p>}>{here?.show()}</Suspense>
      </main>
      <nav className={css['nav']} aria-label={t('app.pages')}>
        <ul>
          {places
            .filter(({ within }) => within === undefined)
            .map((one) => (
              <li key={one.page}>
                <a
                  href={hashOf(one.page)}
                  aria-current={one.page === (here?.within ?? here?.page) ? 'page' : undefined}
                >
                  <TabIcon name={one.icon} />
                  {t(`tab.${one.page}`)}
                </a>
              </li>
            ))}
        </ul>
      </nav>
    </div>
  );
}
