import { decideByVenue, type Temperature } from '../core/verify/venue-rules.ts';
import { countOne } from './counts.ts';
import { remember } from './recent.ts';
import type { ScanParts, ShowCard } from './scan-parts.ts';

/**
 * The guard took the temperature of the person on the card: the venue's rules decide again, and the
 * decision is logged as one that completes the scan. Nothing happens when no card waits for it.
 */
export async function decideTemperature(
  { store, trust, clock, writer }: Pick<ScanParts, 'store' | 'trust' | 'clock' | 'writer'>,
  show: ShowCard,
  reading: Temperature,
): Promise<void> {
  const { card, gate } = store.getState();
  const bundle = trust.view()?.bundle;
  const pass = card?.verdict.pass;
  if (card?.verdict.reason !== 'temperature-needed' || card.seq === undefined) return;
  if (!pass || !gate || !bundle) return;

  const result = { ...decideByVenue(pass, bundle, gate, reading), pass };
  const { state, reason } = result;
  const measured = typeof reading === 'number' ? { temperatureC: reading } : {};
  const entry = await writer.append(
    { type: 'decision', ref: card.seq, state, reason, ...measured },
    clock.now(),
  );
  remember(store, entry, (counts) => countOne(counts, state, card.verdict.state));
  show({ verdict: result, at: card.at, seq: card.seq });
}
