import { refusal } from '../../node/command-error.ts';
import { type Status, statusIn, withChanges } from '../lists/status-bits.ts';
import type { Desk } from './desk.ts';
import { packStatuses, statusesOf } from './files/authority-file.ts';
import type { Change } from './files/commit.ts';

/** As the Token Status List names them. */
const statusWords = ['valid', 'invalid', 'suspended'] as const;
const words = ['valid again', 'revoked', 'suspended'] as const;

/** Gives indices of an issuer a status. Nothing is published before a list or delta and a bundle are. */
export async function setStatus(
  { state }: Desk,
  id: string,
  indices: readonly number[],
  status: Status,
): Promise<Change> {
  const list = await statusesOf(state, id);
  if (status >= 2 ** list.bits) {
    throw refusal(`the list of ${id} has 1 bit an index: it can revoke, not suspend`);
  }
  const outside = indices.find((index) => index >= list.size);
  if (outside !== undefined) throw refusal(`the list of ${id} ends before ${list.size}`);
  const changed = [...new Set(indices)].filter((index) => statusIn(list, index) !== status);
  const next = packStatuses(withChanges(list, [{ status, indices: changed }]));
  const same = indices.length - changed.length;
  return {
    state: { ...state, statuses: { ...state.statuses, [id]: next } },
    say: [
      `${changed.length} of ${id} ${words[status]}${same > 0 ? `, ${same} already were` : ''}`,
      'not published yet; see publish-delta, publish-list and publish',
    ],
    facts: { issuer: id, status: statusWords[status], changed: changed.length, same },
  };
}
