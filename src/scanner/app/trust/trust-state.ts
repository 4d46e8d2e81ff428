import type { LocalizedText } from '../../../core/terms.ts';
import type { ClockQuality } from '../../../core/time/trusted-now.ts';
import type { EpochMillis } from '../../../core/units.ts';

/**
 * `confirm`: the guard says normal or high; `measure`: a typed value; `exception`: everybody is measured
 * before the code is shown, if the guard says so for the shift, else as `confirm`. `limitC` and above is a fever.
 */
export interface TemperatureRule {
  readonly mode: 'confirm' | 'exception' | 'measure';
  readonly limitC: number;
  /** The code does not decide at this venue, so nobody has to be measured for it. */
  readonly optional?: true;
}

/** How far the checking data and the clock can be relied on. */
export interface TrustSlice {
  readonly trust: {
    readonly bundle?: number;
    readonly iat?: EpochMillis;
    readonly exp?: EpochMillis;
    /** Oldest status list in use. */
    readonly listAt?: EpochMillis;
    /** What the known issuers call themselves, by id. */
    readonly issuers?: Readonly<Record<string, LocalizedText>>;
    /** What each of them calls its statuses, by issuer and status: the words of the card. */
    readonly statuses?: Readonly<Record<string, Readonly<Record<string, LocalizedText>>>>;
    /** How the venue of this gate wants the temperature taken; absent when it does not. */
    readonly temperature?: TemperatureRule;
    readonly problem?: string;
  };
  /** The hub names newer checking data than this phone could get. */
  readonly trustBehind?: true;
  readonly clock: ClockQuality;
  /** Seconds by which passes say this clock is ahead (negative: behind). A hint, never a correction. */
  readonly clockSkewS?: number;
}
export const nothingTrusted: TrustSlice = { trust: {}, clock: 'unconfirmed' };
