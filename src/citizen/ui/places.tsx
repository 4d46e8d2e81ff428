import { lazy, type ReactNode } from 'react';

import type { Page } from '../app/place/place-state.ts';
import { AppealsPage } from './appeals/appeals-page.tsx';
import { CodePage } from './code/code-page.tsx';
import { DeclarePage } from './declare/declare-page.tsx';
import type { TabIconName } from './parts/tab-icon.tsx';
import { RecordPage } from './record/record-page.tsx';
import { RelativesPage } from './relatives/relatives-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';

const CheckInPage = lazy(async () => ({
  default: (await import('./visits/check-in-page.tsx')).CheckInPage,
}));
const VisitsPage = lazy(async () => ({
  default: (await import('./visits/visits-page.tsx')).VisitsPage,
}));
const VenuesPage = lazy(async () => ({
  default: (await import('./venues/venues-page.tsx')).VenuesPage,
}));

/** A page with its place in the navigation. */
export interface PlaceOfPage {
  readonly page: Page;
  readonly icon: TabIconName;
  readonly show: () => ReactNode;
  /** It is reached from that page, not from the bar. */
  readonly within?: Page;
}

/** One row a page, in the order of the bar. A topic's page is told here and shown by its `show`. */
export const places: readonly PlaceOfPage[] = [
  { page: 'code', icon: 'code', show: () => <CodePage /> },
  { page: 'checkin', icon: 'scan', show: () => <CheckInPage /> },
  { page: 'declare', icon: 'pen', show: () => <DeclarePage /> },
  { page: 'relatives', icon: 'family', show: () => <RelativesPage /> },
  { page: 'visits', icon: 'pen', show: () => <VisitsPage />, within: 'settings' },
  { page: 'venues', icon: 'pen', show: () => <VenuesPage />, within: 'settings' },
  { page: 'record', icon: 'pen', show: () => <RecordPage />, within: 'settings' },
  { page: 'appeals', icon: 'pen', show: () => <AppealsPage />, within: 'settings' },
  { page: 'settings', icon: 'person', show: () => <SettingsPage /> },
];

export const placeOfPage = (page: Page): PlaceOfPage | undefined =>
  places.find((one) => one.page === page) ?? places[0];
