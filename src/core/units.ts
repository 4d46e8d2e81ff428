declare const unit: unique symbol;
type Unit<T, Name extends string> = T & { readonly [unit]: Name };

/** Whole seconds since 1970-01-01T00:00:00Z: every time inside a token or trust file (RFC 7519 NumericDate). */
export type EpochSeconds = Unit<number, 'EpochSeconds'>;
/** Milliseconds since 1970-01-01T00:00:00Z: device clocks and log entries. */
export type EpochMillis = Unit<number, 'EpochMillis'>;
/** Milliseconds of a clock that never goes back while the page lives; its zero is arbitrary. */
export type MonotonicMillis = Unit<number, 'MonotonicMillis'>;
/** A byte array backed by an ordinary (never shared) buffer, as WebCrypto wants it. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const epochSeconds = (seconds: number): EpochSeconds => seconds as EpochSeconds;
export const epochMillis = (millis: number): EpochMillis => millis as EpochMillis;
export const monotonicMillis = (millis: number): MonotonicMillis => millis as MonotonicMillis;

/** The whole second a millisecond instant falls into. */
export const toSeconds = (at: EpochMillis): EpochSeconds => epochSeconds(Math.floor(at / 1000));
export const toMillis = (at: EpochSeconds): EpochMillis => epochMillis(at * 1000);
