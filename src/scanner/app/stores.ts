/**
 * What the app keeps on the disk, as interfaces. `scanner/device` implements them over browser
 * APIs; tests implement them in memory and run the same contract suite on both.
 * A port throws only a `Fault`; expected outcomes are `Result`s.
 */
import type { PinHash } from '../../core/enrol/pin.ts';
import type { FaultCode } from '../../core/fault.ts';
import type { LogEntry, LogHead } from '../../core/log/entry.ts';
import type { ScannedWith } from '../../core/log/outcome.ts';
import type { Result } from '../../core/result.ts';
import type { Venue } from '../../core/trust/venue-rule.ts';
import type { Bytes, EpochMillis } from '../../core/units.ts';
import type { Sighting } from '../../core/verify/verdict.ts';
import type { SyncProblem } from './sync/sync-state.ts';

/** How far the hub has confirmed the log: the last valid receipt, kept as signed. */
export interface SyncCursor {
  readonly seq: number;
  readonly head: string;
  /** When the hub signed it, in its epoch seconds; absent where an older app stored it. */
  readonly t?: number;
  readonly receipt: string;
  readonly at: EpochMillis;
}

/** The append-only log. One per device; several tabs may hold it at once. */
export interface LogStore {
  /** The last entry written, or `emptyHead`. */
  head(): Promise<LogHead>;
  /**
   * Writes one entry with strict durability; resolves when it is on disk.
   * `conflict` when the seq is taken (another tab was first, be its entry the very same): read the
   * head and try again.
   */
  add(entry: LogEntry): Promise<Result<void, 'conflict'>>;
  /** Entries with `seq >= from`, ascending, at most `limit`. */
  read(from: number, limit: number): Promise<LogEntry[]>;
  /** All entries of a shift, ascending. */
  readShift(shift: string): Promise<LogEntry[]>;
  cursor(): Promise<SyncCursor | undefined>;
  /** Replaces the cursor by one that `supersedes` it (core/log/receipt); any other is ignored. */
  setCursor(cursor: SyncCursor): Promise<void>;
  /** What the oldest entry still held follows: `emptyHead` until something was purged. */
  base(): Promise<LogHead>;
  /**
   * Forgets the entries up to `through` and remembers the hash of the last one, all or nothing.
   * Does nothing and gives false where the cursor has not come that far, or nothing would be left.
   */
  purge(through: number): Promise<boolean>;
  /**
   * Empties the log for a new device, all or nothing. Does nothing and gives false while the hub has
   * not confirmed all of it.
   */
  startOver(): Promise<boolean>;
}

export interface Gate {
  readonly id: string;
  readonly name: string;
  readonly venue: Venue;
  readonly region?: string;
  /** The group of gates it belongs to. */
  readonly site?: string;
}

/** What enrolment leaves on the device: protocol 4. The private key cannot be exported. */
export interface Enrolment {
  readonly device: string;
  readonly gate: Gate;
  readonly privateKey: CryptoKey;
  readonly publicJwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string };
  readonly enrolledAt: EpochMillis;
  /** Six digits of its key that nobody has yet said to be the hub's too: until then it is nobody's device. */
  readonly unconfirmed?: string;
  /** The supervisors' PIN as the hub has sent it: in force when the digits were compared. */
  readonly pin?: PinHash;
}

/** What the guard before left open, as told to the one who took over. */
export interface HandedOver {
  readonly operator: string;
  /** Entries without a receipt. */
  readonly unsynced: number;
  /** People of whom nobody said whether they went in. */
  readonly notRecorded: number;
  readonly fault?: FaultCode;
  readonly problem?: SyncProblem;
}

export interface ActiveShift {
  readonly id: string;
  readonly operator: string;
  readonly startedAt: EpochMillis;
  /** What everybody's temperature is taken with before the code is shown, as the guard said. */
  readonly scannedWith?: ScannedWith;
  /** At a gate for both: people leave now. Absent: they come in. */
  readonly way?: 'out';
  /** Present while the guard has a break: nothing is scanned. */
  readonly pausedAt?: EpochMillis;
  /** Present where it was taken over from somebody. */
  readonly before?: HandedOver;
}

/** Small durable facts, each replaced whole. */
export interface DeviceStore {
  enrolment(): Promise<Enrolment | undefined>;
  /** `undefined` forgets this device's identity and key. */
  setEnrolment(enrolment: Enrolment | undefined): Promise<void>;
  shift(): Promise<ActiveShift | undefined>;
  setShift(shift: ActiveShift | undefined): Promise<void>;
  /** Names and numbers of the last guards (app/shift/guards), opaque here. */
  guards(): Promise<unknown>;
  /** Changes them in one transaction, as `changeSupervisor` does. */
  changeGuards(change: (kept: unknown) => readonly string[]): Promise<void>;
  settings(): Promise<unknown>;
  setSettings(settings: object): Promise<void>;
  /** What the desk has set for the gate (app/desk), opaque here. */
  gateSettings(): Promise<unknown>;
  /** Changes it in one transaction, as `changeSupervisor` does. */
  changeGateSettings(change: (kept: unknown) => object | undefined): Promise<void>;
  /** Codes shown twice (app/sightings), opaque here. */
  twice(): Promise<unknown>;
  /** Changes it in one transaction, as `changeSupervisor` does. */
  changeTwice(change: (kept: unknown) => object | undefined): Promise<void>;
  /** Whether nobody stands at this phone (app/kiosk), opaque here. */
  kiosk(): Promise<unknown>;
  /** Changes it in one transaction, as `changeSupervisor` does. */
  changeKiosk(change: (kept: unknown) => object | undefined): Promise<void>;
  /** State of the clock model (core/time), opaque here. */
  time(): Promise<unknown>;
  /** Changes it in one transaction, as `changeSupervisor` does. */
  changeTime(change: (kept: unknown) => object): Promise<void>;
  /** The supervisor's PIN record (app/supervisor), opaque here. */
  supervisor(): Promise<unknown>;
  /**
   * Changes it in one transaction: no other change, in whichever tab, comes between. `undefined`
   * leaves it as it is. `change` may run twice.
   */
  changeSupervisor(change: (kept: unknown) => object | undefined): Promise<void>;
  /** A P-256 signing key, `extractable: false`: the same one until an enrolment is set (lost answers). */
  createKey(): Promise<Pick<Enrolment, 'privateKey' | 'publicJwk'>>;
  /**
   * The HMAC-SHA-256 key of a day (days since 1970), random, with `extractable: false`, the same for
   * all tabs. Asking for another day replaces it for good.
   */
  dayKey(day: number): Promise<CryptoKey>;
}

/** The accepted trust files as received (bytes), written and read as one set. */
export interface StoredTrust {
  readonly rootVersion: number;
  /** Root files after the pinned one, in order. */
  readonly roots: readonly Bytes[];
  readonly bundle: Bytes;
  /** Issuer id → full list and delta, as JWT text. */
  readonly lists: Readonly<Record<string, { readonly list: string; readonly delta?: string }>>;
  /** High-water marks; survive even when files are dropped. */
  readonly marks: unknown;
}
export interface TrustStore {
  load(): Promise<StoredTrust | undefined>;
  /** One transaction: all or nothing. */
  save(set: StoredTrust): Promise<void>;
}

export type KeyedSighting = readonly [key: string, sighting: Sighting];

/** Presentations seen, by identity key, shared by all tabs; forgotten after their window. */
export interface SeenStore {
  /**
   * Reads the keys, lets `decide` say what to write, and writes it, in one transaction that no other
   * tab's comes into. `decide` is synchronous, may be called twice, and sees only the keys asked for.
   */
  claim<T>(
    keys: readonly string[],
    decide: (found: ReadonlyMap<string, Sighting>) => { result: T; put: readonly KeyedSighting[] },
  ): Promise<T>;
  /** Removes sightings that are still as given; others, of another tab meanwhile, stay. */
  release(sightings: readonly KeyedSighting[]): Promise<void>;
  forgetBefore(at: EpochMillis): Promise<void>;
}
