import type { Admission, Arrival } from '../../../core/verify/admit.ts';
import type { Genuine } from '../../../core/verify/authenticate.ts';
import { admitPass, reopenPass } from '../../../core/verify/pipeline.ts';
import type { Temperature } from '../../../core/verify/venue-rules.ts';
import { countOne } from './counts.ts';
import { remember } from './recent.ts';
import type { ScanParts, ShowCard } from './show-card.ts';

/** The scan on screen that waits to be completed: its entry, and the pass as it was authenticated. */
export interface Waiting {
  readonly seq: number;
  readonly genuine: Genuine;
}

/**
 * The guard took the temperature of the person on the card. What was found before holds no longer:
 * the trust may have expired meanwhile, the clock gone bad, the code grown old, so all but the
 * signature is asked again by the clock of now, and the decision is logged as one that completes the
 * scan. Nothing happens when no card waits for it.
 */
export async function decideTemperature(
  parts: ScanParts,
  show: ShowCard,
  waiting: Waiting | undefined,
  reading: Temperature,
): Promise<void> {
  const { store, clock, presentations, writer } = parts;
  const { card, gate } = store.getState();
  if (card?.verdict.reason !== 'temperature-needed' || card.seq === undefined) return;
  if (!gate || waiting?.seq !== card.seq) return;

  const now = clock.now();
  const admission = await admitAgain(parts, waiting.genuine, { now, gate, temperature: reading });
  const result = admission.verdict;
  const { state, reason } = result;
  const measured = typeof reading === 'number' ? { temperatureC: reading } : {};
  const decision = { type: 'decision', ref: card.seq, state, reason, ...measured } as const;
  const entry = await writer.append(decision, now).catch(async (thrown: unknown) => {
    await presentations.release(admission).catch(() => undefined);
    throw thrown;
  });
  remember(store, entry, (counts) => countOne(counts, state, card.verdict.state));
  show({ verdict: result, at: now.at, seq: card.seq });
}

async function admitAgain(
  { trust, presentations, version }: ScanParts,
  before: Genuine,
  taken: Pick<Arrival, 'now' | 'gate' | 'temperature'>,
): Promise<Admission> {
  const arrival = { ...taken, completes: true } as const;
  // a fever is a fever, whatever has become of the code
  const then = admitPass(before, arrival);
  if (then.verdict.reason === 'temperature-high') return { ...then, sightings: [] };
  const scene = { now: taken.now, gate: taken.gate, trust: trust.view(), app: version };
  const again = await reopenPass(before, scene);
  return 'end' in again
    ? { verdict: again.end, sightings: [] }
    : presentations.admit(again.genuine, arrival);
}
