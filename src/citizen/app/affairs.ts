import type { EpochMillis } from '../../core/units.ts';
import { type AppealsActions, createAppeals } from './appeals/appeals-actions.ts';
import { noAppeals } from './appeals/appeals-state.ts';
import { noRecord, notDeclaring } from './declarations/declarations-state.ts';
import { createDeclare, type DeclareActions } from './declarations/declare-actions.ts';
import { createRecord, type RecordActions } from './declarations/record-actions.ts';
import { createFamily, type FamilyActions } from './relatives/family-actions.ts';
import { noFamilyAct } from './relatives/family-state.ts';
import type { RelativesActions } from './relatives/relatives-actions.ts';
import type { Remote } from './remote.ts';
import type { SessionActions } from './session/session-actions.ts';
import { sliceOf } from './slice-of.ts';
import type { CitizenStore } from './store.ts';
import { createVenues, type VenuesActions } from './venues/venues-actions.ts';
import { noVenues } from './venues/venues-state.ts';
import { noVisits } from './visits/visits-state.ts';

/** What a person has to do with the service, beside showing the code. */
export interface Affairs {
  readonly declare: DeclareActions;
  readonly record: RecordActions;
  readonly family: FamilyActions;
  readonly appeals: AppealsActions;
  readonly venues: VenuesActions;
}

/** Their slices before anybody is signed in, and after. */
export const noAffairs = {
  ...{ declare: notDeclaring, record: noRecord, family: noFamilyAct, appeals: noAppeals },
  ...{ visits: noVisits, venues: noVenues },
};

export interface AffairsNeeds {
  readonly store: CitizenStore;
  readonly remote: Remote;
  readonly session: Pick<SessionActions, 'refresh'>;
  readonly relatives: RelativesActions;
  /** The server's time; undefined before it was heard. */
  now(): EpochMillis | undefined;
}

export const createAffairs = (needs: AffairsNeeds): Affairs => {
  const { store, remote, session, relatives, now } = needs;
  return {
    declare: createDeclare({
      ...{ slice: sliceOf(store, 'declare'), remote, cameIn: session.refresh },
    }),
    record: createRecord(sliceOf(store, 'record'), remote),
    family: createFamily({
      ...{ slice: sliceOf(store, 'family'), remote, refresh: relatives.refresh, now },
      list: () => store.getState().relatives,
    }),
    appeals: createAppeals(sliceOf(store, 'appeals'), remote),
    venues: createVenues(sliceOf(store, 'venues'), remote),
  };
};
