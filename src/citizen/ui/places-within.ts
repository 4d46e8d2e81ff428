import type { Page } from '../app/place/place-state.ts';

/** Pages that are reached from the last tab. */
export const placesWithin: readonly Page[] = ['visits', 'record', 'appeals', 'venues'];
