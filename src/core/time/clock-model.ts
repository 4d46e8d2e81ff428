import { type EpochMillis, epochMillis, type MonotonicMillis } from '../units.ts';
import { firstVersion, floorOf, type Marks, marksUnder, type Sources, withMark } from './marks.ts';
import type { ClockQuality, TrustedNow } from './trusted-now.ts';

/** One reading of both of the device's clocks, taken together. Neither is trusted. */
export interface ClockReading {
  readonly wall: EpochMillis;
  readonly monotonic: MonotonicMillis;
}

/** What survives a restart. Plain data: stored as it is. */
export interface PersistedTime {
  /** Trusted minus wall time in ms, at the last sync; 0 before the first. */
  readonly offsetMs: number;
  /** Trusted time of the last sync. */
  readonly syncedAt?: EpochMillis;
  /** When this clock first started; a phone that never had a sync counts from here. */
  readonly since?: EpochMillis;
  /** How many syncs this phone has had, in whichever tab: two-tabs. */
  readonly syncs?: number;
  /** The latest time this clock has said, in any quality: it never says less, but after a sync. */
  readonly shown: EpochMillis;
  /** Ms that passed asleep or closed, so by the wall clock's word alone, since a sync or live pass. */
  readonly unseenMs: number;
  /** What others vouch for, by source. */
  readonly marks: Marks;
  /** The wall clock was found behind the monotonic one or the time shown: only a sync clears it. */
  readonly setBack: boolean;
  /** The wall clock ran ahead of the monotonic one: slept, or set forward. */
  readonly jumped: boolean;
  /** A bundle newer than ours, which signed time has named since then. */
  readonly newer?: { readonly version: number; readonly since: EpochMillis };
}

/** A signed time that needs another to agree with it: core/time/sync. */
export interface PendingTime {
  readonly tMs: number;
  readonly received: ClockReading;
}

/** The clock model's state (protocol 5): pure data, replaced and never changed. */
export interface ClockState extends PersistedTime {
  /**
   * The reading since start or sync at which wall was furthest ahead of monotonic. Compared with
   * this one, many small steps back add up like one large one.
   */
  readonly anchor: ClockReading;
  /** By how much wall has run ahead of monotonic since start or sync, small steps added up. */
  readonly aheadMs: number;
  readonly pending?: PendingTime;
}

/** Thresholds of protocol 5, in ms. */
export const slackMs = 2000;
/** A state whose time shown is further than this beyond what was written down is to be written at once. */
export const unwrittenMs = 6000;
const syncedMs = 12 * 3600_000;
const lostMs = 72 * 3600_000;
const unseenMs = { unconfirmed: 4 * 3600_000, bad: 12 * 3600_000 };
const listsMs = 3600_000;

/** What the newest log entry says of the clock that wrote it. */
export interface NewestEntry {
  readonly at: EpochMillis;
  readonly quality?: ClockQuality;
}

/**
 * The state at the start of the app: what was persisted (by this version or the first), a first
 * reading, and the newest log entry, which is on disk before all else: a doubt that it tells of is one
 * until a sync, whatever became of the state.
 */
export function startClock(
  reading: ClockReading,
  stored?: object,
  { at: newestEntry, quality }: NewestEntry = { at: epochMillis(0) },
): ClockState {
  const persisted = readPersisted(stored);
  const isDoubted = (persisted.syncedAt ?? Number.NEGATIVE_INFINITY) < newestEntry;
  const shown = epochMillis(Math.max(persisted.shown, newestEntry));
  const gapMs = shown === 0 ? 0 : reading.wall + persisted.offsetMs - shown;
  return {
    ...persisted,
    since: persisted.since ?? epochMillis(shown === 0 ? reading.wall : shown),
    shown,
    // closed time is known by the wall clock alone; a step back within the slack is not given twice
    unseenMs: persisted.unseenMs + Math.max(0, gapMs),
    offsetMs: persisted.offsetMs + (gapMs < 0 && gapMs >= -slackMs ? -gapMs : 0),
    setBack: persisted.setBack || gapMs < -slackMs || (isDoubted && quality === 'bad'),
    jumped: persisted.jumped || (isDoubted && quality === 'unconfirmed'),
    anchor: reading,
    aheadMs: 0,
  };
}

const firstStart: PersistedTime = {
  offsetMs: 0,
  shown: epochMillis(0),
  unseenMs: 0,
  marks: {},
  setBack: false,
  jumped: false,
};

/** What the first version kept: one floor from all sources, and its own word only when it was sure. */
interface FirstVersion extends Pick<PersistedTime, 'offsetMs' | 'syncedAt' | 'setBack' | 'jumped'> {
  readonly floor: EpochMillis;
  readonly own?: EpochMillis;
}

function readPersisted(stored: object | undefined): PersistedTime {
  if (!stored || !('floor' in stored)) return { ...firstStart, ...stored };
  const { floor, own = epochMillis(0), ...kept } = stored as FirstVersion;
  return { ...firstStart, ...kept, shown: own, marks: { [firstVersion]: floor } };
}

/**
 * Compares wall with monotonic, and with the time shown. Behind either by more than 2 s is proof of a
 * clock set back, which waiting does not mend; ahead is ambiguous, since a phone's monotonic clock
 * stops in sleep.
 */
export function observe(state: ClockState, reading: ClockReading): ClockState {
  const { anchor } = state;
  const drift = reading.wall - anchor.wall - (reading.monotonic - anchor.monotonic);
  const aheadMs = state.aheadMs + Math.max(0, drift);
  const own = ownTime(state, reading);
  return {
    ...state,
    setBack: state.setBack || drift < -slackMs || own + slackMs < state.shown,
    jumped: state.jumped || aheadMs > slackMs,
    unseenMs: state.unseenMs + Math.max(0, drift),
    shown: epochMillis(Math.max(state.shown, own)),
    anchor: drift > 0 ? reading : anchor,
    aheadMs,
  };
}

/** What this clock says by itself: wall time and the offset of the last sync. */
export const ownTime = ({ offsetMs }: PersistedTime, { wall }: ClockReading): EpochMillis =>
  epochMillis(Math.round(wall + offsetMs));

/** Another trust set is in force: sources that are gone take their marks with them. */
export const underSources = (state: ClockState, sources: Sources): ClockState => ({
  ...state,
  marks: marksUnder(state.marks, sources),
});

/**
 * A live pass was let in: its issuer's stamp says that its time has come, so this clock is not far
 * off. Only a sure clock takes it for a mark: one that is wrong would believe what is as wrong.
 */
export function seeLivePass(
  state: ClockState,
  {
    source,
    at,
    sure,
  }: { readonly source: string; readonly at: EpochMillis; readonly sure: boolean },
): ClockState {
  const marks = sure ? withMark(state.marks, source, at) : state.marks;
  return { ...state, marks, unseenMs: 0 };
}

/** Signed time names the newest bundle, and this is the one in hand: protocol 5.1. */
export function seeNewest(
  { newer, ...state }: ClockState,
  versions: { readonly named: number; readonly held: number },
  at: EpochMillis,
): ClockState {
  if (versions.named <= versions.held) return state;
  const since = epochMillis(Math.min(at, newer?.since ?? at));
  return { ...state, newer: { version: versions.named, since } };
}

/** Trusted time and how good it is at a reading. Never before the time shown, nor any mark. */
export function readClock(state: ClockState, reading: ClockReading): TrustedNow {
  const own = ownTime(state, reading);
  const floor = floorOf(state.marks);
  const at = epochMillis(Math.max(own, state.shown, floor));
  const waiting = own + slackMs < floor;
  const { newer } = state;
  return {
    at,
    quality: qualityOf(state, own, waiting),
    ...(waiting && { waiting }),
    ...(newer && at - newer.since > listsMs && { listsTooOld: true }),
  };
}

function qualityOf(state: ClockState, own: EpochMillis, waiting: boolean): ClockQuality {
  if (state.setBack || own + slackMs < state.shown) return 'bad';
  if (state.unseenMs > unseenMs.bad) return 'bad';
  const age = own - (state.syncedAt ?? state.since ?? own);
  if (age > lostMs) return 'bad';
  if (state.syncedAt === undefined) return 'unconfirmed';
  if (waiting || state.jumped || state.unseenMs > unseenMs.unconfirmed) return 'unconfirmed';
  return age < syncedMs ? 'synced' : 'held';
}

/** What to write to disk. */
export function persistClock(state: ClockState): PersistedTime {
  const { anchor: _a, aheadMs: _b, pending: _p, ...persisted } = state;
  return persisted;
}
