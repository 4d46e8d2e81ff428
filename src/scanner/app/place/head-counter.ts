import { utf8 } from '../../../core/bytes.ts';
import { openZoneCount } from '../../../core/enrol/zone-count.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import type { LogEntry } from '../../../core/log/entry.ts';
import {
  dayBegin,
  foldOccupancy,
  headCount,
  type Movement,
  type ToldCount,
} from '../../../core/log/occupancy.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { AppStore } from '../store.ts';
import type { Enrolment, LogStore } from '../stores.ts';

/** Counts who is inside: by this phone's own log, and by the hub's word on what others wrote. */
export interface HeadCounter {
  /** An entry was written. */
  written(entry: LogEntry): void;
  /** Reads the entries of the day from the log; what was written meanwhile is not lost. */
  recall(): Promise<void>;
  /** Looks what day it is: with the next one counting begins anew, as after a disk that gave no answer. */
  look(): void;
  /** With the hub's answer to a status; one that is not good changes nothing. */
  take(text: string | undefined): Promise<void>;
  /** Minutes the clock of this place is ahead of UTC. */
  ahead(): number;
}

interface Needs {
  readonly store: AppStore;
  readonly log: Pick<LogStore, 'head' | 'read'>;
  readonly clock: { now(): { readonly at: EpochMillis } };
  readonly ahead: () => number;
  enrolment(): Pick<Enrolment, 'device' | 'gate'> | undefined;
  receiptKeys(): readonly PublicJwk[];
}

/** Entries read in one go, and how many at most: more in a day than a gate can take. */
const stride = 500;
const mostRead = 40_000;

export function createHeadCounter(needs: Needs): HeadCounter {
  const { store, log, clock } = needs;
  let fold = foldOccupancy();
  let moves: Movement[] = [];
  let day: EpochMillis | undefined;
  /** What was written before the log of the day was read. */
  let waiting: LogEntry[] | undefined = [];
  /** The disk is being asked for the log of the day. */
  let reading = false;
  /** The newest entry read then, which may be told of only afterwards. */
  let newest: string | undefined;
  let told: ToldCount | undefined;
  let toldFor = '';

  const add = (entry: LogEntry): void => {
    const move = fold.step(entry);
    if (move) moves.push(move);
  };
  function show(): void {
    if (waiting) return;
    const { at } = clock.now();
    // midnight, or a clock that was put right: what counts is in the log
    if (dayBegin(at, needs.ahead()) !== day) return void recall().catch(() => undefined);
    const word = needs.enrolment()?.device === toldFor ? told : undefined;
    const heads = headCount(moves, day, at, word);
    const before = store.getState().heads;
    if (before?.inside !== heads.inside || before.at !== heads.at) store.setState({ heads });
  }

  async function recall(): Promise<void> {
    waiting ??= [];
    reading = true;
    const today = dayBegin(clock.now().at, needs.ahead());
    const entries = await sinceDay(log, today).finally(() => {
      reading = false;
    });
    const last = entries.at(-1)?.seq ?? 0;
    newest = entries.at(-1)?.hash;
    const late = waiting.filter(({ seq }) => seq > last);
    [fold, moves, day, waiting] = [foldOccupancy(), [], today, undefined];
    for (const entry of [...entries, ...late]) add(entry);
    show();
  }

  return {
    ahead: needs.ahead,
    recall,
    look() {
      // a disk that could not be read is asked again
      if (waiting && !reading) void recall().catch(() => undefined);
      else show();
    },
    written(entry) {
      if (waiting) waiting.push(entry);
      else if (entry.hash !== newest) add(entry);
      show();
    },
    async take(text) {
      const enrolment = needs.enrolment();
      if (text !== undefined && enrolment) {
        const { device, gate } = enrolment;
        if (toldFor !== device) told = undefined;
        const { seq } = await log.head();
        const here = {
          device,
          gate: gate.id,
          head: seq,
          now: clock.now().at,
          since: told?.at ?? 0,
        };
        const opened = await openZoneCount(utf8(text), needs.receiptKeys(), here);
        if (opened.ok) [told, toldFor] = [opened.value, device];
      }
      show();
    },
  };
}

/** The newest entries back to the beginning of the day, in the order of the log. */
async function sinceDay(log: Needs['log'], day: EpochMillis): Promise<LogEntry[]> {
  const { seq } = await log.head();
  let found: LogEntry[] = [];
  for (let to = seq; to > 0 && found.length < mostRead; to -= stride) {
    const from = Math.max(1, to - stride + 1);
    const part = (await log.read(from, to - from + 1)).filter((entry) => entry.seq <= to);
    found = [...part, ...found];
    const [first] = part;
    if (!first || epochMillis(first.at) < day) break;
  }
  return found;
}
