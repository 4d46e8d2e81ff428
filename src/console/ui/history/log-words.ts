import type { FoundEntry } from '../../../core/console/entries.ts';
import type { LogEntry } from '../../../core/log/entry.ts';
import { parseEntry } from '../../../core/log/entry-schema.ts';
import type { TableWords } from '../../../core/table/table.ts';
import type { Language } from '../../../core/terms.ts';
import { findLogWord } from '../../../words/log/log-words.ts';
import { tableWordsOf } from '../../../words/log/table-words.ts';

/** What the gate and its tables call what stands in the log. */
export interface LogSpeech {
  readonly words: Pick<TableWords, 'headers' | 'format'>;
  /** A value of a column in words; as logged where there are none. */
  say(column: keyof TableWords['headers'], value: string | null | undefined): string;
}

const known = new Map<Language, LogSpeech>();

export function logSpeech(language: Language): LogSpeech {
  const old = known.get(language);
  if (old) return old;
  const words = tableWordsOf(language, (key) => findLogWord(language, key));
  const speech: LogSpeech = {
    words,
    say: (column, value) => (value ? (words.format?.(column, value) ?? value) : ''),
  };
  known.set(language, speech);
  return speech;
}

/** The entry as it was signed; undefined for one of a later version. */
export function readFound({ entry }: Pick<FoundEntry, 'entry'>): LogEntry | undefined {
  try {
    return parseEntry(JSON.parse(entry));
  } catch {
    return undefined;
  }
}

/** How it ended for somebody on the way out. */
const leftWords: Readonly<Record<string, string>> = {
  admitted: 'left',
  refused: 'held',
  'not-recorded': 'not-recorded',
};

/** A line about an entry: its verdict as it ended where it stands for a person, else what it is. */
export interface EntryLine {
  readonly state?: string;
  readonly what: string;
  readonly outcome: string;
}

export function lineOf(found: FoundEntry, { say }: LogSpeech): EntryLine {
  const { type, outcome } = found;
  const entry = readFound(found);
  const ended = found.endState ?? found.state;
  const reason = say('finalReason', found.endReason ?? found.reason);
  const isOut = found.dir === 'out';
  const outcomeWord = say('outcome', isOut ? leftWords[outcome ?? ''] : outcome);
  if (type === 'look')
    return {
      ...(ended && { state: ended }),
      what: `${say('type', type)} · ${reason}`,
      outcome: '',
    };
  // who leaves was not let in, whatever the code
  if (type === 'scan' && isOut && ended !== 'byHand')
    return {
      ...(ended && ended !== 'pass' && { state: ended }),
      ...{ what: `${say('dir', 'out')} · ${reason}`, outcome: outcomeWord },
    };
  if (type === 'scan' && ended && ended !== 'byHand')
    return { state: ended, what: reason, outcome: say('outcome', outcome) };
  if (type === 'scan' && ended)
    return { what: `${say('type', 'manual')} · ${reason}`, outcome: outcomeWord };
  const said = entry as (Partial<Record<string, string>> & { admitted?: boolean }) | undefined;
  const more = [
    isOut ? say('dir', 'out') : '',
    say('category', said?.['category']),
    say('by', said?.['by']),
    say('why', said?.['why']),
    say('event', said?.['act'] ?? said?.['event']),
    said?.['operator'] ?? '',
  ];
  const what = [say('type', type), ...more].filter((part) => part !== '').join(' · ');
  const own = typeof said?.admitted === 'boolean' ? (said.admitted ? 'admitted' : 'refused') : null;
  if (isOut && own) return { what, outcome: say('outcome', leftWords[own]) };
  return { what, outcome: say('outcome', outcome ?? said?.['outcome'] ?? own) };
}
