import type { Admission, Arrival } from '../../../core/verify/admit.ts';
import type { Genuine } from '../../../core/verify/authenticate.ts';
import { admitPass, reopenPass } from '../../../core/verify/pipeline.ts';
import { isFever, owesTemperature, type Temperature } from '../../../core/verify/venue-rules.ts';
import { verdict } from '../../../core/verify/verdict.ts';
import type { AppState } from '../state.ts';
import { gateNow, measuredWith } from '../trust/scanned-with.ts';
import { type Said, sayOutcome, writeOutcome } from './outcome.ts';
import { remember } from './recent.ts';
import type { Card } from './scan-state.ts';
import type { ScanNeeds, ShowCard } from './show-card.ts';

/** The scan on screen that waits to be completed: its entry, and the pass as it was authenticated. */
export interface Waiting {
  readonly seq: number;
  readonly genuine: Genuine;
}

/** Degrees Celsius that are a fever where the venue's rule is not at hand. */
const usualLimitC = 37.3;

/**
 * The guard took the temperature of the person on the card. What was found before holds no longer:
 * the trust may have expired meanwhile, the clock gone bad, the code grown old, so all but the
 * signature is asked again by the clock of now, and the decision is logged as one that completes the
 * scan. Nothing happens when no card waits for it.
 */
export async function decideTemperature(
  parts: ScanNeeds,
  show: ShowCard,
  waiting: Waiting | undefined,
  reading: Temperature,
): Promise<void> {
  const { store, clock, presentations, writer } = parts;
  const { card, gate } = store.getState();
  if (card?.verdict.reason !== 'temperature-needed' || card.seq === undefined) return;
  if (!gate || waiting?.seq !== card.seq) return;

  const now = clock.now();
  const here = gateNow(gate, store.getState());
  const taken = { now, gate: here, temperature: reading };
  const admission = await admitAgain(parts, waiting.genuine, taken);
  const result = admission.verdict;
  const { state, reason } = result;
  const measured = saidOf(reading);
  const decision = { type: 'decision', ref: card.seq, state, reason, ...measured } as const;
  const entry = await writer.append(decision, now).catch(async (thrown: unknown) => {
    await presentations.release(admission).catch(() => undefined);
    throw thrown;
  });
  remember(store, entry);
  show({ verdict: result, at: now.at, seq: card.seq, ...(card.dir && { dir: card.dir }) });
}

/**
 * Whether a person whom the guard lets in is still to be measured (protocol 3.4): relatives, paper codes
 * and notices as much as a green code. Nothing is written until then, so that an app killed in between
 * leaves a scan whose outcome was not recorded.
 */
export function owesStep(state: Pick<AppState, 'trust' | 'shift'>): boolean {
  const rule = state.trust.temperature;
  if (!rule || rule.optional) return false;
  const measured = measuredWith(state) !== undefined && ({ measuredBefore: true } as const);
  return owesTemperature({ mode: 'required', temperature: rule.mode }, { ...measured });
}

/** The temperature of somebody the guard lets in: it ends the card, or a fever takes its place. */
export async function admitMeasured(
  parts: ScanNeeds,
  show: ShowCard,
  card: Card & { readonly seq: number },
  reading: Temperature,
): Promise<void> {
  const { state, reason } = card.verdict;
  const said = { by: 'guard', ...saidOf(reading) } as const;
  if (isFever(reading, card.temperature?.limitC ?? usualLimitC)) {
    return fever(parts, show, card, { ...said, outcome: 'refused', why: 'fever' });
  }
  await sayOutcome(parts, { ref: card.seq, state, reason }, { ...said, outcome: 'admitted' });
}

/** 体温异常 on a green card, where everybody is measured before: no number, and their word is taken back. */
export async function foundWarm(parts: ScanNeeds, show: ShowCard): Promise<void> {
  const { card } = parts.store.getState();
  if (card?.verdict.state !== 'pass' || card.seq === undefined || card.look) return;
  const said = { outcome: 'refused', by: 'guard', why: 'fever', high: true } as const;
  await fever(parts, show, { ...card, seq: card.seq }, said, card.seq);
}

async function fever(
  parts: ScanNeeds,
  show: ShowCard,
  { seq, verdict: { pass } }: Pick<Card, 'verdict'> & { readonly seq: number },
  said: Said,
  corrects?: number,
): Promise<void> {
  const found = verdict('stop', 'temperature-high', pass && { pass });
  const { state, reason } = found;
  const line = { ref: seq, state, reason, ...(corrects !== undefined && { corrects }) };
  await writeOutcome(parts, line, said);
  show({ verdict: found, at: parts.clock.now().at, seq });
}

/** What the log keeps of a reading: a fever nobody has a number for has none. */
export const saidOf = (reading: Temperature): { temperatureC?: number; high?: true } =>
  typeof reading === 'number'
    ? { temperatureC: reading }
    : reading === 'high'
      ? { high: true }
      : {};

async function admitAgain(
  { trust, presentations, neighbours, version }: ScanNeeds,
  before: Genuine,
  taken: Pick<Arrival, 'now' | 'gate' | 'temperature'>,
): Promise<Admission> {
  const arrival = { ...taken, completes: true } as const;
  // a fever is a fever, whatever has become of the code
  const then = admitPass(before, arrival);
  if (then.verdict.reason === 'temperature-high') return { ...then, sightings: [] };
  const scene = { now: taken.now, gate: taken.gate, trust: trust.view(), app: version };
  const again = await reopenPass(before, scene);
  if ('end' in again) return { verdict: again.end, sightings: [] };
  const elsewhere = await neighbours.ask(again.genuine, arrival);
  return presentations.admit(again.genuine, { ...arrival, elsewhere });
}
