/** What the hub answers to the console of phones: protocol 14. Times are epoch milliseconds. */
import type { DeviceFacts } from '../enrol/device-status.ts';

/** A one-use code for a gate, shown or printed. */
export interface NewCode {
  /** By which its use is asked for; not the code. */
  readonly id: string;
  readonly gate: string;
  readonly name: string;
  /** What the QR says. */
  readonly link: string;
  readonly expiresAt: number;
}

/** What became of a code: the phone that used it, and the six digits its screen shows. */
export interface CodeUse {
  readonly id: string;
  readonly device?: string;
  readonly digits?: string;
  /** Somebody said that both screens showed the same. */
  readonly confirmedAt?: number;
}

/** What may be wrong with a phone, the gravest first. */
export const deviceAlarms = [
  'fork',
  'other-gate',
  'gap',
  'quarantine',
  'silent',
  'storage',
  'clock',
  'skew',
  'list-old',
  'settings',
  'battery',
  'unconfirmed',
] as const;
export type DeviceAlarm = (typeof deviceAlarms)[number];

/** A phone as the hub knows it. */
export interface DeviceRow {
  readonly id: string;
  readonly gate: string;
  readonly gateName: string;
  readonly digits: string;
  readonly enrolledAt: number;
  readonly confirmedAt?: number;
  readonly revokedAt?: number;
  /** The phone in whose place it was enrolled, and the one enrolled in its place. */
  readonly replaces?: string;
  readonly replacedBy?: string;
  /** When an entry of it came last. */
  readonly receivedAt?: number;
  /** When the hub heard of it last, by an entry or by what it tells of itself. */
  readonly heardAt?: number;
  /** Version of the app and quality of the clock, by whichever was heard of last. */
  readonly app?: string;
  readonly quality?: string;
  /** What it told of itself last, and when. */
  readonly told?: Told;
  /** Entries kept. */
  readonly entries: number;
  /** Entries that are known to be missing before later ones. */
  readonly missing: number;
  readonly quarantined: number;
  readonly otherGate: number;
  /** Its shift has begun and not ended. */
  readonly onShift: boolean;
  readonly alarms: readonly DeviceAlarm[];
}

/** A phone's word on itself. */
export interface Told extends Partial<DeviceFacts> {
  readonly at: number;
}

const rankOf = ({ revokedAt, alarms }: DeviceRow): number =>
  revokedAt === undefined
    ? Math.min(deviceAlarms.length, ...alarms.map((alarm) => deviceAlarms.indexOf(alarm)))
    : deviceAlarms.length + 1;

/**
 * Those that need a hand first: by the gravest alarm, then by how many, those on shift before others,
 * the newest before older ones. Revoked ones come last.
 */
export const byNeed = (a: DeviceRow, b: DeviceRow): number =>
  rankOf(a) - rankOf(b) ||
  b.alarms.length - a.alarms.length ||
  Number(b.onShift) - Number(a.onShift) ||
  b.enrolledAt - a.enrolledAt;

/** Entries from and through these seqs. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** One phone, looked at. */
export interface LookedAtPhone {
  readonly device: DeviceRow;
  /** Entries that never came, before later ones that did. */
  readonly gaps: readonly SeqRange[];
  /** Entries after the last one that came, which the phone said it had. */
  readonly unsent?: SeqRange;
  readonly openShifts: readonly { readonly shift: string; readonly at: number }[];
  readonly quarantine: readonly { readonly reason: string; readonly entries: number }[];
  /** When the settings of its gate were set last, in seconds. */
  readonly settingsIat?: number;
}

/** A lost phone is revoked, and this is the code for the one in its place. */
export interface Replacement {
  readonly code: NewCode;
}
