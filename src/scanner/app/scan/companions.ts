import { maxCompanions } from '../../../core/log/manual.ts';
import { remember } from './recent.ts';
import type { ScanNeeds } from './show-card.ts';

/**
 * Notes how many people came along with the person on the card: a decision that changes nothing
 * else. The card stays until the guard leaves it.
 */
export async function countCompanions(
  { store, clock, writer }: Pick<ScanNeeds, 'store' | 'clock' | 'writer'>,
  companions: number,
): Promise<void> {
  const { card } = store.getState();
  if (card?.seq === undefined || card.look) return;
  if (!Number.isInteger(companions) || companions < 0 || companions > maxCompanions) return;
  store.setState({ card: { ...card, held: true } });
  const { state, reason } = card.verdict;
  const body = { type: 'decision', ref: card.seq, state, reason, companions } as const;
  remember(store, await writer.append(body, clock.now()));
  const now = store.getState().card;
  if (now?.id === card.id) store.setState({ card: { ...now, companions } });
}
