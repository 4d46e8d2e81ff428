import type { LogEntry } from '../../src/core/log/entry.ts';
import type { Card } from '../../src/scanner/app/scan/scan-state.ts';
import type { Shown, Witness } from './witness.ts';

/** What guards saw, held to the logs. */
export interface CardFindings {
  readonly shown: number;
  readonly passes: number;
  /** Cards shown, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /**
   * Codes of another time, passed by a phone whose clock was wrong by as much and whose log says
   * `unconfirmed`: ahead is ambiguous (it may have slept), and protocol 5 lets such a clock decide. A
   * known limit, counted.
   */
  readonly passedUnconfirmed: number;
  /** Each card that should not have been: enough to look for the cause. */
  readonly strange: readonly string[];
  readonly wrong: {
    /** Passes shown to a text that no scanner may pass. */
    readonly falsePass: number;
    /** Entries that call the clock good and give another time than the true one. */
    readonly sureOfWrongTime: number;
    /** Codes that were let in by a second entry at one phone. */
    readonly admittedTwice: number;
    /** Cards whose entry is not in the log just once, or says something else. */
    readonly shownNotLogged: number;
    /** Cards without an entry that are do not say that the log failed. */
    readonly shownWithoutEntry: number;
  };
}

type Kind = keyof CardFindings['wrong'] | 'passedUnconfirmed';

export function lookAtCards(witnesses: readonly Witness[]): CardFindings {
  const counts = {
    falsePass: 0,
    sureOfWrongTime: 0,
    admittedTwice: 0,
    shownNotLogged: 0,
    shownWithoutEntry: 0,
  };
  const found = { ...counts, passedUnconfirmed: 0 };
  const reasons: Record<string, number> = {};
  const strange: string[] = [];
  const all = witnesses.flatMap(({ shown }) => shown);
  for (const { card } of all) {
    reasons[card.verdict.reason] = (reasons[card.verdict.reason] ?? 0) + 1;
  }
  for (const [phone, witness] of witnesses.entries()) {
    const admitted = new Set<string>();
    const seqs = new Set<number>();
    for (const shown of witness.shown) {
      for (const kind of judge(shown, witness.written, { admitted, seqs })) {
        found[kind]++;
        if (kind !== 'passedUnconfirmed') {
          strange.push(`${kind}, phone ${phone}: ${describe(shown, witness)}`);
        }
      }
    }
  }
  const { passedUnconfirmed, ...wrong } = found;
  return {
    shown: all.length,
    passes: all.filter(({ card }) => card.verdict.state === 'pass').length,
    reasons: Object.fromEntries(Object.entries(reasons).sort()),
    passedUnconfirmed,
    strange,
    wrong,
  };
}

interface Before {
  readonly admitted: Set<string>;
  readonly seqs: Set<number>;
}

/** Signed time says whole seconds, and comes over a network. */
const slackMs = 3000;

function judge(
  { person, card, from, to }: Shown,
  written: ReadonlyMap<number, LogEntry>,
  { admitted, seqs }: Before,
): Kind[] {
  const { seq, verdict } = card;
  const isPass = verdict.state === 'pass';
  const entry = written.get(seq ?? 0);
  const kinds: Kind[] = [];
  if (isPass && !person.mayPass) {
    const isOfAnotherTime = person.kind === 'future' || person.kind === 'stale';
    const isLimit = isOfAnotherTime && entry?.quality === 'unconfirmed';
    kinds.push(isLimit ? 'passedUnconfirmed' : 'falsePass');
  }
  if (seq === undefined) {
    const isExplained = verdict.reason === 'internal-error';
    return isExplained ? kinds : [...kinds, 'shownWithoutEntry'];
  }
  if (!fits(entry, card)) kinds.push('shownNotLogged');
  const isSure = entry?.quality === 'synced' || entry?.quality === 'held';
  const isTrue = entry && entry.at > from - slackMs && entry.at < to + slackMs;
  if (isSure && !isTrue) kinds.push('sureOfWrongTime');
  if (isPass && admitted.has(person.text)) kinds.push('admittedTwice');
  if (isPass) admitted.add(person.text);
  if (seqs.has(seq)) kinds.push('shownNotLogged');
  seqs.add(seq);
  return kinds;
}

const fits = (entry: LogEntry | undefined, { verdict }: Card): boolean =>
  entry?.type === 'scan' && entry.state === verdict.state && entry.reason === verdict.reason;

function describe({ person, card, wrongMs, to }: Shown, { written }: Witness): string {
  const { seq, verdict } = card;
  const entry = written.get(seq ?? 0);
  const logged = entry?.type === 'scan' ? entry.reason : entry?.type;
  const offS = ((entry?.at ?? 0) - to) / 1000;
  return [
    `${person.kind} code, ${verdict.reason}, entry ${seq} (${logged})`,
    `${verdict.pass?.ageS} s old by a clock ${wrongMs / 1000} s wrong, ${offS} s off`,
    `before it: ${clockEvents([...written.values()], seq)}`,
  ].join(', ');
}

/** The last things the log says about the clock and the app before an entry. */
function clockEvents(entries: readonly LogEntry[], seq = 0): string {
  const told = entries.flatMap((entry, i) => {
    if (entry.seq > seq) return [];
    if (entry.type === 'clock') return [`${entry.seq} ${entry.event} ${entry.offsetMs}`];
    const before = entries[i - 1];
    const isOther = before?.quality !== entry.quality || before?.app !== entry.app;
    return isOther ? [`${entry.seq} ${entry.quality} ${entry.app}`] : [];
  });
  return told.slice(-12).join(', ');
}
