import { type ReactNode, useMemo, useSyncExternalStore } from 'react';
import type { DeskScheme } from '../../../core/health/desk-answers.ts';
import { type DeskPermission, deskMay } from '../../../core/health/desk-roles.ts';
import { hashOf } from '../../app/console.ts';
import { createQuery } from '../../app/query.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ActLog, type Acts } from '../people/acts-page.tsx';
import { useConsole, useDesk, useIssuing, useWords } from '../use-console.ts';
import { AppealsPage } from './appeals/appeals-page.tsx';
import { FactsPage } from './facts-page.tsx';
import { FiguresPage } from './figures-page.tsx';
import css from './issuing.module.css';
import { ConsentsPage } from './people/consents-page.tsx';
import { PapersPage } from './people/papers-page.tsx';
import { PersonPage } from './people/person-page.tsx';
import { RisksPage } from './risks/risks-page.tsx';
import { RulesPage } from './rules/rules-page.tsx';
import { SchemeContext } from './scheme.ts';
import { VenuesPage } from './venues/venues-page.tsx';

interface Place {
  readonly id:
    | 'appeals'
    | 'papers'
    | 'consents'
    | 'venues'
    | 'person'
    | 'facts'
    | 'rules'
    | 'risks'
    | 'figures'
    | 'acts';
  readonly needs: DeskPermission;
  readonly show: () => ReactNode;
}

/** The pages of the desk, what comes every day first. */
const places: readonly Place[] = [
  { id: 'appeals', needs: 'appeals:answer', show: () => <AppealsPage /> },
  { id: 'papers', needs: 'papers:issue', show: () => <PapersPage /> },
  { id: 'consents', needs: 'papers:issue', show: () => <ConsentsPage /> },
  { id: 'venues', needs: 'venues:write', show: () => <VenuesPage /> },
  { id: 'person', needs: 'people:look-up', show: () => <PersonPage /> },
  { id: 'facts', needs: 'facts:import', show: () => <FactsPage /> },
  { id: 'rules', needs: 'rules:try', show: () => <RulesPage /> },
  { id: 'risks', needs: 'risk:write', show: () => <RisksPage /> },
  { id: 'figures', needs: 'statistics:read', show: () => <FiguresPage /> },
  { id: 'acts', needs: 'acts:read', show: () => <DeskActsPage /> },
];

/** The issuing side's desk: a session there is opened by itself, and its refusal is said in the page's place. */
export function IssuingPage() {
  const { issuing } = useConsole();
  const { t } = useWords();
  const of = useDesk((state) => state.of);
  const role = useDesk((state) => state.self?.role);
  const language = useDesk((state) => state.language);
  const query = useMemo(() => createQuery<DeskScheme>(() => issuing.scheme()), [issuing]);
  const state = useSyncExternalStore(query.subscribe, query.getState);
  const mine = places.filter(({ needs }) => role !== undefined && deskMay(role, needs));
  const here = mine.find(({ id }) => id === of) ?? mine[0];
  return (
    <>
      <nav className={css['pages']} aria-label={t('issuing.pages')}>
        {mine.map(({ id }) => (
          <a
            key={id}
            href={hashOf('issuing', id)}
            aria-current={id === here?.id ? 'page' : undefined}
          >
            {t(`issuing.${id}`)}
          </a>
        ))}
      </nav>
      <Loaded query={{ ...state, refresh: query.refresh }}>
        {(scheme) => (
          <SchemeContext value={scheme}>
            <div className={css['title']}>
              <h2>{here && t(`issuing.${here.id}`)}</h2>
              <p>{t('issuing.of', { issuer: scheme.name[language] })}</p>
            </div>
            {here?.show()}
          </SchemeContext>
        )}
      </Loaded>
    </>
  );
}

function DeskActsPage() {
  const { issuing } = useConsole();
  const { t } = useWords();
  const query = useIssuing<Acts>('/acts');
  return (
    <ActLog
      query={query}
      load={(before) => issuing.get(`/acts${before}`)}
      how={t('acts.issuingHow')}
    />
  );
}
