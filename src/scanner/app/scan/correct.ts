import type { OverrideReason, Refusal } from '../../../core/log/outcome.ts';
import { type PersonLine, peopleOf } from '../../../core/log/people.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { AppState } from '../state.ts';
import { type OutcomeNeeds, type SpokenOf, sayOutcome } from './outcome.ts';
import type { WordRefused } from './scan-state.ts';

/** What is said of one of the last people, anew or for the first time. */
export type Word =
  | { readonly outcome: 'admitted'; readonly why?: OverrideReason }
  | { readonly outcome: 'refused'; readonly why: Refusal };

/** How many people may be opened again, and for how long. */
const maxPeople = 10;
const correctMs = 10 * 60_000;

/** The last people of this shift, newest first: the log has nothing personal of them. */
export const lastPeople = ({ recent }: Pick<AppState, 'recent'>): readonly PersonLine[] =>
  peopleOf([...recent].reverse())
    .slice(-maxPeople)
    .reverse();

/** Who alone may let this person in: against a `stop` the supervisor, but a tap of the guard's own is the guard's. */
export function admitsOnly(line: PersonLine): 'guard' | 'supervisor' {
  const { state, reason, by, temperatureC } = line;
  const isOwnTap = reason === 'temperature-high' && by === 'guard' && temperatureC === undefined;
  return state === 'stop' && !isOwnTap ? 'supervisor' : 'guard';
}

/** Whether it may still be said; a clock that ran back says no as well. */
export function mayStillSay({ at }: PersonLine, now: EpochMillis): boolean {
  return Math.abs(now - at) <= correctMs;
}

/**
 * Corrects the outcome of one of the last people, or says the one nobody said: a new entry, nothing is
 * rewritten. Rejects with the store's `Fault`; then nothing has changed.
 */
export async function correctOutcome(
  needs: OutcomeNeeds,
  seq: number,
  word: Word,
): Promise<WordRefused | undefined> {
  const { store, clock } = needs;
  const line = lastPeople(store.getState()).find((one) => one.seq === seq);
  if (!line || line.outcome === word.outcome) return 'nobody';
  if (!mayStillSay(line, clock.now().at)) return 'too-late';
  const by = word.outcome === 'admitted' ? admitsOnly(line) : 'guard';
  if (by === 'supervisor' && store.getState().supervisor.state !== 'open') return 'supervisor-only';
  const corrects = line.saidBy !== undefined && { corrects: line.saidBy };
  await sayOutcome(needs, { ref: seq, ...verdictFor(line, word), ...corrects }, { ...word, by });
  return undefined;
}

/** The verdict it ends by: a fever that was none leaves what the scan had found. */
function verdictFor(line: PersonLine, { outcome }: Word): Pick<SpokenOf, 'state' | 'reason'> {
  const { scan, state = 'unknown', reason = 'original-way' } = line;
  const isTakenBack = scan && outcome === 'admitted' && reason === 'temperature-high';
  return isTakenBack ? { state: scan.state, reason: scan.reason } : { state, reason };
}
