import type { LogEntry, LogHead } from './entry.ts';
import { type PersonLine, peopleOf } from './people.ts';

/** What a printed report says beside its numbers: where they are from, and whom they are about. */
export interface ShiftPaper {
  readonly device: string;
  /** Gate id. */
  readonly gate: string;
  readonly app: string;
  /** The shift's last entry: what follows it in the log must name this hash. */
  readonly last: LogHead;
  /** Everybody who is not simply in by the scanner's word, in the order they came. */
  readonly told: readonly PersonLine[];
}

/** The paper of these entries of one shift; none where there are none. */
export function paperOf(entries: readonly LogEntry[]): ShiftPaper | undefined {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return undefined;
  return {
    device: first.device,
    gate: first.gate,
    app: last.app,
    last: { seq: last.seq, hash: last.hash },
    told: peopleOf(entries).filter(isTold),
  };
}

const isTold = ({ outcome, by, state, manual, corrections }: PersonLine): boolean =>
  outcome !== 'admitted' ||
  by === 'supervisor' ||
  corrections > 0 ||
  (state !== undefined && state !== 'pass' && !manual);
