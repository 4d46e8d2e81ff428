import type { PassKind } from '../pass/kinds.ts';
import type { ClockQuality } from '../time/trusted-now.ts';
import type { EpochMillis } from '../units.ts';
import type { Reason, VerdictState } from '../verify/verdict.ts';
import type { kioskRefusal, Outcome, OverrideReason, Refusal, ScannedWith } from './outcome.ts';

/** How a scan came in. */
export type ScanMethod = 'camera' | 'wedge' | 'picture' | 'manual';

/** The head of the chain before the first entry: 32 zero bytes in hex. */
export const genesisHash = '0'.repeat(64);

/** What every entry says: when, where, by whose clock, and which entry it follows. */
export interface EntryBase {
  readonly v: 1;
  /** Device id given at enrolment. */
  readonly device: string;
  /** Shift id, `''` outside a shift. */
  readonly shift: string;
  /** 1, 2, 3 … without a gap, per device. */
  readonly seq: number;
  readonly at: EpochMillis;
  readonly quality: ClockQuality;
  readonly gate: string;
  /** Version of the app that wrote it. */
  readonly app: string;
  /** Hash of entry seq − 1, hex; `genesisHash` for seq 1. */
  readonly prev: string;
  /** SHA-256(prev bytes ‖ JCS(entry without `hash`)), hex: protocol 6. */
  readonly hash: string;
}

/**
 * One presented pass and what the scanner said. No name, id, photo, raw token, holder key,
 * status index or stable subject id, ever. For a token that did not verify: no claims at all,
 * only `textHmac`; for what is no pass, not even that.
 */
export interface ScanBody {
  readonly type: 'scan';
  readonly method: ScanMethod;
  readonly state: VerdictState;
  readonly reason: Reason;
  readonly kind?: PassKind;
  readonly iss?: string;
  readonly jti?: string;
  readonly st?: string;
  readonly ageS?: number;
  readonly relativeHeld?: true;
  readonly temperatureC?: number;
  readonly companions?: number;
  /** The person was on the way out; absent: in. Protocol 12. */
  readonly dir?: 'out';
  /** Versions of the trust bundle and status list that decided. */
  readonly bundle?: number;
  readonly list?: number;
  readonly listTooOld?: true;
  /** How temperature is taken this shift, where everybody is measured before the code is shown (mode `exception`). */
  readonly scannedWith?: ScannedWith;
  /** Hex HMAC-SHA-256 of the presented text with this device's key of the day, only when it did not verify. */
  readonly textHmac?: string;
  /** In its place in entries of the first version: SHA-256. Read, never written. */
  readonly textSha256?: string;
}

/**
 * The part of people in a verdict: refers to the scan (or the manual entry that stands alone) it
 * completes. One entry may say a temperature, companions and an outcome together; nothing is
 * rewritten, the last word holds.
 */
export interface DecisionBody {
  readonly type: 'decision';
  readonly ref: number;
  readonly state: VerdictState;
  readonly reason: Reason;
  /** Absent: nothing is said of it here. */
  readonly outcome?: Outcome;
  /** Whose word the outcome is; with `outcome` only, and then always. `scanner`: a kiosk's own. */
  readonly by?: 'scanner' | 'guard' | 'supervisor';
  readonly why?: Refusal | OverrideReason | typeof kioskRefusal;
  /** Seq of the entry whose outcome this one takes back: the scan, manual entry or decision that said it. */
  readonly corrects?: number;
  readonly temperatureC?: number;
  /** A fever that somebody else measured or felt: there is no number for it. */
  readonly high?: true;
  /** People who came along. */
  readonly companions?: number;
}

/** Somebody let through or refused in the original way (原有方式), without a readable code. */
export interface ManualBody {
  readonly type: 'manual';
  /** Seq of the scan that could not decide: the same person. */
  readonly ref?: number;
  readonly category: string;
  readonly admitted: boolean;
  readonly tail?: string;
  readonly companions?: number;
  readonly temperatureC?: number;
  readonly high?: true;
  readonly note?: string;
  /** As a scan has it. */
  readonly dir?: 'out';
}

/**
 * A code that a supervisor or an inspector looked at (查验不放行): what the scanner said of it, and
 * nobody went in or out by it. A type of its own, so that no reader can count it as a person.
 */
export interface LookBody
  extends Omit<ScanBody, 'type' | 'temperatureC' | 'companions' | 'scannedWith' | 'dir'> {
  readonly type: 'look';
}

export interface ShiftStartBody {
  readonly type: 'shift-start';
  /** Operator number or name as typed by the guard: it names staff, not a citizen. */
  readonly operator: string;
  /** What the guard said everybody's temperature is taken with. */
  readonly scannedWith?: ScannedWith;
}
export interface ShiftEndBody {
  readonly type: 'shift-end';
  readonly scans: number;
}
export interface ClockBody {
  readonly type: 'clock';
  readonly event: 'synced' | 'set-back' | 'jumped-ahead' | 'confirmed';
  readonly offsetMs?: number;
}
export interface TrustBody {
  readonly type: 'trust';
  readonly bundle: number;
  readonly root: number;
}
export interface ExportBody {
  readonly type: 'export';
  readonly format: 'csv' | 'xlsx' | 'json';
  readonly entries: number;
  /** The shift exported, where it is not the one this entry belongs to. */
  readonly of?: string;
}
export interface PurgeBody {
  readonly type: 'purge';
  readonly through: number;
}

/** What somebody did with the supervisor's role, or tried to. */
export const supervisorActs = [
  'pin-set',
  'pin-reset',
  'opened',
  'wrong-pin',
  'locked',
  'report',
  'forget',
  'count-set',
  'kiosk-on',
  'kiosk-off',
] as const;
export interface SupervisorBody {
  readonly type: 'supervisor';
  readonly act: (typeof supervisorActs)[number];
  /** With `count-set`: how many are inside by the supervisor's own count, and what was shown before. */
  readonly count?: number;
  readonly was?: number;
}

export type EntryBody =
  | ScanBody
  | DecisionBody
  | ManualBody
  | LookBody
  | ShiftStartBody
  | ShiftEndBody
  | ClockBody
  | TrustBody
  | ExportBody
  | PurgeBody
  | SupervisorBody;
export type EntryType = EntryBody['type'];
export type LogEntry = EntryBase & EntryBody;
export type ScanEntry = EntryBase & ScanBody;

/** Where the chain stands: what the next entry must follow. */
export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}
export const emptyHead: LogHead = { seq: 0, hash: genesisHash };

/** What the writer of an entry supplies; the chain fills in seq, prev and hash. */
export type EntryDraft = Omit<EntryBase, 'v' | 'seq' | 'prev' | 'hash'> & {
  readonly body: EntryBody;
};
