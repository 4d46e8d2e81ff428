import type { DecisionBody } from '../../../core/log/entry.ts';
import type { kioskRefusal, Outcome, OverrideReason, Refusal } from '../../../core/log/outcome.ts';
import { clear } from '../store.ts';
import { remember } from './recent.ts';
import { type ScanNeeds, showFlash } from './show-card.ts';

/** The line that is spoken of: the entry that began it, and what stands there. */
export type SpokenOf = Pick<DecisionBody, 'ref' | 'state' | 'reason' | 'corrects'>;

/** Whether the person went in, by whose word and why; and how warm, where it was measured for it. */
export interface Said extends Pick<DecisionBody, 'temperatureC' | 'high'> {
  readonly outcome: Outcome;
  readonly by: 'scanner' | 'guard' | 'supervisor';
  readonly why?: Refusal | OverrideReason | typeof kioskRefusal;
}

/** What an outcome needs to be written down. */
export type OutcomeNeeds = Pick<ScanNeeds, 'store' | 'clock' | 'writer' | 'feedback' | 'whoPassed'>;

/**
 * Writes down how a card ended (protocol 6), and then shows and sounds it. Rejects with the store's
 * `Fault`: then nothing was written, nobody counts as let in, and the card is to stay.
 */
export async function sayOutcome(needs: OutcomeNeeds, line: SpokenOf, said: Said): Promise<void> {
  await writeOutcome(needs, line, said);
  confirm(needs, said.outcome, line.ref);
}

/** The same where a card of its own tells it. */
export async function writeOutcome(
  parts: Omit<OutcomeNeeds, 'feedback'>,
  line: SpokenOf,
  said: Said,
): Promise<void> {
  const { store, clock, writer, whoPassed } = parts;
  const now = clock.now();
  const isIn = said.outcome === 'admitted';
  // before the word: an app killed between the two has shown the next one a repeat, and no pass
  if (isIn) await whoPassed.admitted(line.ref, store.getState().gate?.id ?? '', now);
  const entry = await writer
    .append({ type: 'decision', ...line, ...said }, now)
    .catch(async (thrown: unknown) => {
      if (isIn) await whoPassed.refused(line.ref).catch(() => undefined);
      throw thrown;
    });
  // the word is written: a memory that cannot forget only makes the next showing a repeat
  if (!isIn) await whoPassed.refused(line.ref).catch(() => undefined);
  remember(store, entry);
  clear(store, 'storageFault'); // the disk took it: mended
}

/** 已放行 / 不放行, for a moment and in no colour of a verdict: what was decided is not what was found. */
export function confirm(
  { store, feedback }: Pick<ScanNeeds, 'store' | 'feedback'>,
  outcome: Outcome,
  line: number,
): void {
  const isOut = store.getState().tally?.people.get(line)?.dir === 'out';
  showFlash(store, { by: 'outcome', outcome, line, ...(isOut && { left: true }) });
  const { sound, quiet, vibration } = store.getState().settings;
  feedback.play(outcome, { sound: sound && !quiet, vibration });
}
