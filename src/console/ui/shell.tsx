import type { ReactNode } from 'react';
import type { Permission } from '../../core/console/roles.ts';
import { Skip } from '../../parts/skip.tsx';
import type { Page } from '../app/state.ts';
import { AccountPage } from './account/account-page.tsx';
import { DeskLanguage } from './desk-language.tsx';
import { EnrolPage } from './gates/enrol-page.tsx';
import { GatesPage } from './gates/gates-page.tsx';
import { HeatPage } from './heat/heat-page.tsx';
import { EntriesPage } from './history/entries-page.tsx';
import { ShiftPage } from './history/shift-page.tsx';
import { ShiftsPage } from './history/shifts-page.tsx';
import { TwicePage } from './history/twice-page.tsx';
import { IssuingPage } from './issuing/issuing-page.tsx';
import { Button } from './parts/button.tsx';
import { FailingWork } from './parts/failing-work.tsx';
import { ActsPage } from './people/acts-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { PhonesPage } from './phones/phones-page.tsx';
import css from './shell.module.css';
import { TodayPage } from './today/today-page.tsx';
import { useConsole, useDesk, useWords } from './use-console.ts';

interface Place {
  page: Page;
  needs?: Permission;
  show: () => ReactNode;
  /** Only where an issuing side is set up. */
  issuing?: true;
  /** It is reached from that page, not from the list. */
  within?: Page;
}

/** The pages in the order of the day, each with what it needs; one that may not be read is not there. */
const places: readonly Place[] = [
  { page: 'today', needs: 'log:read', show: () => <TodayPage /> },
  { page: 'shifts', needs: 'log:read', show: () => <ShiftsPage /> },
  { page: 'shift', needs: 'log:read', show: () => <ShiftPage />, within: 'shifts' },
  { page: 'entries', needs: 'log:read', show: () => <EntriesPage /> },
  { page: 'twice', needs: 'log:read', show: () => <TwicePage /> },
  { page: 'heat', needs: 'log:read', show: () => <HeatPage /> },
  { page: 'gates', needs: 'gates:read', show: () => <GatesPage /> },
  { page: 'enrol', needs: 'devices:write', show: () => <EnrolPage />, within: 'gates' },
  { page: 'phones', needs: 'devices:read', show: () => <PhonesPage /> },
  { page: 'issuing', needs: 'issuing:enter', show: () => <IssuingPage />, issuing: true },
  { page: 'people', needs: 'operators:manage', show: () => <PeoplePage /> },
  { page: 'acts', needs: 'acts:read', show: () => <ActsPage /> },
  { page: 'account', show: () => <AccountPage /> },
];

/** The frame around every page: who is signed in, where else one can go. */
export function Shell() {
  const desk = useConsole();
  const { t } = useWords();
  const self = useDesk((state) => state.self);
  const page = useDesk((state) => state.page);
  const demo = useDesk((state) => state.ways?.demo ?? false);
  const hasIssuing = useDesk((state) => state.ways?.issuing ?? false);
  const mine = places.filter(
    ({ needs, issuing }) =>
      (needs === undefined || self?.permissions.includes(needs)) && (!issuing || hasIssuing),
  );
  const here = mine.find((one) => one.page === page) ?? mine[0];
  return (
    <div className={css['shell']}>
      <Skip to="page">{t('app.skip')}</Skip>
      <header className={css['head']}>
        <span className={css['brand']}>
          {t('app.name')}
          {demo && (
            <span className={css['demo']} title={t('app.demoWhy')}>
              {t('app.demo')}
            </span>
          )}
        </span>
        <span className={css['who']}>
          <span>
            {self?.name} · {self && t(`role.${self.role}`)}
          </span>
          <DeskLanguage />
          <Button onClick={() => void desk.signOut()}>{t('app.signOut')}</Button>
        </span>
      </header>
      <nav className={css['nav']} aria-label={t('app.pages')}>
        <ul>
          {mine
            .filter(({ within }) => !within)
            .map((one) => (
              <li key={one.page}>
                <a
                  href={`#/${one.page}`}
                  aria-current={one.page === (here?.within ?? here?.page) ? 'page' : undefined}
                >
                  {t(`page.${one.page}`)}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <main id="page" tabIndex={-1} className={css['main']}>
        <h1>{here && t(`page.${here.page}`)}</h1>
        <FailingWork />
        {here?.show()}
      </main>
    </div>
  );
}
