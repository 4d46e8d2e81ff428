/**
 * What the app needs from the world, as interfaces. `device` implements them over browser
 * APIs; tests implement them in memory and run the same contract suite on both.
 * A port throws only a `Fault`; expected outcomes are `Result`s.
 */
import type { LogEntry, LogHead } from '../../core/log/entry.ts';
import type { Result } from '../../core/result.ts';
import type { Damage } from '../../core/wedge-sample.ts';
import type { Venue } from '../../core/trust/venue-rule.ts';
import type { Bytes, EpochMillis, MonotonicMillis } from '../../core/units.ts';
import type { ScannerTrouble } from '../../core/verify/scanner-trouble.ts';
import type { Sighting } from '../../core/verify/verdict.ts';

/** The device's own clocks, untrusted. */
export interface Clock {
  wall(): EpochMillis;
  monotonic(): MonotonicMillis;
}

/** Cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Bytes;

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
}

export interface ActiveShift {
  readonly id: string;
  readonly operator: string;
  readonly startedAt: EpochMillis;
  /** Present while the guard has a break: nothing is scanned. */
  readonly pausedAt?: EpochMillis;
}

/** Small durable facts, each replaced whole. */
export interface DeviceStore {
  enrolment(): Promise<Enrolment | undefined>;
  /** `undefined` forgets this device's identity and key. */
  setEnrolment(enrolment: Enrolment | undefined): Promise<void>;
  shift(): Promise<ActiveShift | undefined>;
  setShift(shift: ActiveShift | undefined): Promise<void>;
  settings(): Promise<unknown>;
  setSettings(settings: object): Promise<void>;
  /** State of the clock model (core/time), opaque here. */
  time(): Promise<unknown>;
  setTime(state: object): Promise<void>;
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

/** Why the camera is not showing a picture. */
export type CameraProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'failed';

/**
 * What may help when nothing was read for 6, 12 and 18 seconds; `torch` first where it is dark.
 * `one-at-a-time`: passes of two people are in view; a card that is up is about one of them.
 */
export type CameraHint = 'distance' | 'torch' | 'clean-lens' | 'manual' | 'one-at-a-time';

export interface LiveCamera {
  readonly kind: 'live';
  /** This lens has a torch. */
  readonly torch: boolean;
  /** It is lit. It goes off by itself after 45 s without a code. */
  readonly torchOn?: boolean;
  /** How many lenses there are to switch between. */
  readonly lenses: number;
  /** Times the picture is enlarged: 1, 2 or 3, by the lens or by cropping. */
  readonly zoom?: number;
  readonly hint?: CameraHint;
}

export type CameraStatus =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | LiveCamera
  | { readonly kind: 'paused' }
  | { readonly kind: 'problem'; readonly problem: CameraProblem };

/** A picture file (a `Blob` in a browser); opaque to the app. */
export interface PictureFile {
  readonly size: number;
  readonly type: string;
}

/** A code on a picture: its text, and its corners in turn (none where the decoder does not tell). */
export interface PictureCode {
  readonly text: string;
  /** Shares of the picture's width and height: 0, 0 is its top left. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/** What reads the codes: the browser's own detector before ours, ours alone, or the plain script. */
export type Engine = 'native+wasm' | 'wasm' | 'script';

/** A stream of texts read from camera frames. One camera, one decoder, whatever calls it. */
export interface CodeReader {
  /**
   * Opens the camera once; texts go to `text` until `stop`, status changes to `status`. Of several
   * codes in view passes come first, from the middle outwards, one after another.
   */
  start(on: { text(text: string): void; status(status: CameraStatus): void }): Promise<void>;
  stop(): void;
  /** While held, frames are shown and not decoded. */
  hold(held: boolean): void;
  setTorch(on: boolean): Promise<void>;
  nextLens(): Promise<void>;
  /** Enlarges the picture 1, 2 or 3 times; kept when the lens changes. */
  setZoom(times: number): Promise<void>;
  /** What reads the codes, to be shown in settings; `loading` until it has read for the first time. */
  engine(): 'loading' | Engine;
  /**
   * Every code on a picture file, each text once; empty when there is none. Throws
   * `picture-unreadable`, `picture-too-large`, `decoder-failed`.
   */
  readPicture(file: PictureFile): Promise<readonly PictureCode[]>;
}

/** One scan of a hardware scanner under test: how it came, never what it says. */
export interface ScannerReport {
  readonly letters: number;
  /** From the first letter to the last, milliseconds. */
  readonly ms: number;
  /** The key that ended it; `none`: silence. */
  readonly end: 'Enter' | 'Tab' | 'none';
  /** `alt-codes`, `input-method`: why no letters came. */
  readonly damage: Damage | 'alt-codes' | 'input-method';
  /** Letters of the test code that came out differently. */
  readonly changed: readonly string[];
}

/** Lets several tabs agree on one sync leader (Web Locks); runs `task` at most once at a time. */
export interface Leader {
  run(name: string, task: () => Promise<void>): Promise<boolean>;
}

export interface Feedback {
  /** Must be called from a tap once, so that sound may play later. */
  unlock(): void;
  play(
    state: 'pass' | 'check' | 'stop' | 'unknown',
    how: { readonly sound: boolean; readonly vibration: boolean },
  ): void;
  /** Reads a short line out by a voice that lives on this phone; silent where there is none. */
  say(text: string, language: string): void;
}

/** How this phone takes the app onto its home screen, or why it cannot from here. */
export type InstallWay = 'installed' | 'prompt' | 'ios' | 'android' | 'in-app' | 'none';

/** Which way this browser asks for the camera. */
export type Browser =
  | 'ios-home'
  | 'ios-safari'
  | 'ios-other'
  | 'android-home'
  | 'android'
  | 'in-app'
  | 'firefox'
  | 'safari'
  | 'chrome'
  | 'edge'
  | 'other';

/** What the browser says about itself. */
export interface Phone {
  installWay(): InstallWay;
  browser(): Browser;
  /** Opens the browser's own question; only with the way `prompt`, within a tap. */
  install(): Promise<void>;
  /** Asks that the log never be evicted; true when the browser agrees. */
  persist(): Promise<boolean>;
  /** Bytes; absent where the browser does not tell. */
  storage(): Promise<{
    readonly persisted: boolean;
    readonly usedBytes?: number;
    readonly quotaBytes?: number;
  }>;
  /** What reads a code drawn in memory back; undefined when nothing does. */
  decoder(): Promise<Engine | undefined>;
  soundWorks(): boolean;
  keepAwake(wanted: boolean): void;
  /** The screen; `refused`: by the phone, for its battery. */
  awake(): 'on' | 'off' | 'refused' | 'unsupported';
  /** Whether the app opens without a network. */
  worksOffline(): boolean;
}

/** Gives a finished file to the person: share sheet where there is one, download elsewhere. */
export interface FileSharer {
  share(file: { name: string; type: string; bytes: Bytes }): Promise<void>;
}

/**
 * Why a hardware scanner's text cannot be used, so that the guard can be told what to set:
 * `alt-codes`: it types Alt+number combinations; `input-method`: pinyin … is catching its keys.
 */
export type WedgeTrouble = 'alt-codes' | 'input-method' | ScannerTrouble;
