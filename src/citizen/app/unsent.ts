import { emptyAppeal } from './appeals/appeals-state.ts';
import { isTouched } from './declarations/form.ts';
import { emptyChild } from './relatives/relatives-form.ts';
import type { CitizenState } from './store.ts';
import { emptyVenue } from './venues/venues-state.ts';

/**
 * Something is typed that has not come in, is on its way, or is shown once: all of it lies in memory alone, so the
 * page is not to be loaded anew.
 */
export const isUnsent = ({
  declare,
  appeals,
  family,
  venues,
  visits,
  code,
}: CitizenState): boolean =>
  declare.sending ||
  declare.doubtSince !== undefined ||
  [...declare.drafts.values()].some((form) => isTouched(form, declare.begun)) ||
  appeals.sending ||
  differs(appeals.form, emptyAppeal) ||
  family.busy !== undefined ||
  differs(family.child, emptyChild) ||
  family.typed !== '' ||
  family.made !== undefined ||
  venues.sending ||
  differs(venues.form, emptyVenue) ||
  visits.entering ||
  visits.found !== undefined ||
  code.bound !== undefined;

const differs = (one: object, other: object): boolean =>
  JSON.stringify(one) !== JSON.stringify(other);
