import type { LogEntry } from '../../../core/log/entry.ts';
import { columnText } from '../column-text.ts';

/** What an entry itself says, as it is searched and counted by; null where it says nothing. */
export interface EntryColumns {
  /** Verdict of a scan, or of a decision on one. */
  readonly state: string | null;
  readonly reason: string | null;
  readonly issuer: string | null;
  /** Id of the pass, where the entry has it: with the issuer it is the presentation's identity. */
  readonly jti: string | null;
  readonly kind: string | null;
  /** `out`, or a word of a later version; null is in. */
  readonly dir: string | null;
}

const nothing: EntryColumns = {
  state: null,
  reason: null,
  issuer: null,
  jti: null,
  kind: null,
  dir: null,
};

export const entryColumnNames = ['state', 'reason', 'issuer', 'jti', 'kind', 'dir'] as const;

/** Nothing that is not in the entry, and nothing PostgreSQL cannot hold; undefined is one nobody can read. */
export function columnsOf(entry: LogEntry | undefined): EntryColumns {
  switch (entry?.type) {
    case 'scan': {
      const { state, reason, iss, jti, kind } = entry;
      const said = { state, reason: text(reason), issuer: text(iss), jti: text(jti) };
      return { ...nothing, ...said, kind: text(kind), dir: dirOf(entry) };
    }
    // without the pass: a code that was looked at has not been shown to get in
    case 'look': {
      const { state, reason, iss, kind } = entry;
      return { ...nothing, state, reason: text(reason), issuer: text(iss), kind: text(kind) };
    }
    case 'decision':
      return { ...nothing, state: entry.state, reason: text(entry.reason) };
    case 'manual':
      return { ...nothing, dir: dirOf(entry) };
    default:
      return nothing;
  }
}

/** Which way somebody went: absent is in, and so is what only a later version knows. */
export const wayOf = (entry: LogEntry): 'in' | 'out' => (dirOf(entry) === 'out' ? 'out' : 'in');

const text = (said: string | undefined): string | null =>
  said === undefined ? null : columnText(said);

/** A member no shape here knows yet, so it may be anything. */
function dirOf(entry: LogEntry): string | null {
  const said = 'dir' in entry ? entry.dir : undefined;
  return typeof said === 'string' && said.length <= 32 ? columnText(said) : null;
}
