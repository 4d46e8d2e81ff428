import { type CitizenStore, put } from '../store.ts';
import { hashOf, type Page, placeOf } from './place-state.ts';

/** The part of the address after `#`. */
export interface Address {
  read(): string;
  write(hash: string): void;
}

export interface PlaceActions {
  /** The address has changed. */
  moved(): void;
  go(page: Page, of?: string): void;
}

export const createPlace = (store: CitizenStore, address: Address): PlaceActions => ({
  moved: () => put(store, 'place', placeOf(address.read())),
  go: (page, of) => address.write(hashOf(page, of)),
});
