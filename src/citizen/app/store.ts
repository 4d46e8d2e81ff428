import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppealsState } from './appeals/appeals-state.ts';
import type { CodeState } from './code/code-state.ts';
import type { DeclareState, RecordState } from './declarations/declarations-state.ts';
import type { Place } from './place/place-state.ts';
import type { FamilyState } from './relatives/family-state.ts';
import type { RelativesState } from './relatives/relatives-state.ts';
import type { ScanState } from './scan/scan-state.ts';
import type { Session } from './session/session-state.ts';
import type { Settings } from './settings/settings-state.ts';
import type { PhoneClock } from './time/phone-clock.ts';
import type { VenuesState } from './venues/venues-state.ts';
import type { VisitsState } from './visits/visits-state.ts';

/** All that a page may show: one slice a topic, told in the topic's folder. */
export interface CitizenState {
  readonly place: Place;
  readonly session: Session;
  readonly settings: Settings;
  readonly relatives: RelativesState;
  readonly family: FamilyState;
  readonly declare: DeclareState;
  readonly record: RecordState;
  readonly appeals: AppealsState;
  readonly code: CodeState;
  readonly scan: ScanState;
  readonly visits: VisitsState;
  readonly venues: VenuesState;
  readonly phoneClock: PhoneClock;
}

export type CitizenStore = StoreApi<CitizenState>;

export const createCitizenStore = (first: CitizenState): CitizenStore =>
  createStore<CitizenState>(() => first);

/** Puts a topic's slice in place of the one before. */
export function put<Topic extends keyof CitizenState>(
  store: CitizenStore,
  topic: Topic,
  slice: CitizenState[Topic],
): void {
  store.setState({ [topic]: slice } as Pick<CitizenState, Topic>);
}
