import type { CitizenState } from '../../app/store.ts';

/** Somebody whose code can be shown here. */
export interface Person {
  /** A relative's id; `''`: whoever is signed in. */
  readonly whose: string;
  readonly name: string;
}

/** Whoever is signed in, then each relative; without a network those whose codes this phone can make. */
export function peopleOf({ session, relatives, code }: CitizenState): readonly Person[] {
  const me = session.self?.name ?? code.kept.find(({ whose }) => whose === '')?.name ?? '';
  const known = relatives.relatives?.map(({ id, name }) => ({ whose: id, name }));
  const kept = code.kept.filter(({ whose }) => whose !== '');
  return [{ whose: '', name: me }, ...(known ?? kept.map(({ whose, name }) => ({ whose, name })))];
}

/** The one beside, a step to the left (-1) or right (1); undefined at the end of the row. */
export const beside = (
  people: readonly Person[],
  whose: string,
  step: number,
): Person | undefined => people[people.findIndex((one) => one.whose === whose) + step];
