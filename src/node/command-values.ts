import { isDay, isGateId, isIssuerId } from '../core/ids.ts';
import { type EpochSeconds, epochSeconds } from '../core/units.ts';
import { usageError } from './command-error.ts';

/** The option, or the usage error that it is needed. */
export function needed(flag: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw usageError(`${flag} is needed`);
}

export function readCount(flag: string, value: string, min: number, max: number): number {
  const count = Number(value);
  if (/^\d{1,12}$/.test(value) && count >= min && count <= max) return count;
  throw usageError(`${flag} takes a whole number from ${min} to ${max}`);
}

/** `--at EPOCH`, else the machine's clock, in milliseconds: the one reading of it per run. */
export function readAt(value: string | undefined, clock: () => number): EpochSeconds {
  if (value === undefined) return epochSeconds(Math.floor(clock() / 1000));
  if (/^[1-9]\d{0,11}$/.test(value)) return epochSeconds(Number(value));
  throw usageError('--at takes whole seconds since 1970');
}

/** The value when it is one of `allowed`, which the message lists. */
export function readChoice<T extends string>(
  flag: string,
  value: string | undefined,
  allowed: readonly T[],
): T {
  const found = allowed.find((choice) => choice === value);
  if (found === undefined) throw usageError(`${flag} is one of ${allowed.join(', ')}`);
  return found;
}

/** `YYYY-MM-DD`, as written; a day that exists. */
export function readDay(flag: string, value: string): string {
  if (isDay(value)) return value;
  throw usageError(`${flag} is a day like 2027-01-31`);
}

export function readGateId(flag: string, value: string | undefined): string {
  if (value !== undefined && isGateId(value)) return value;
  throw usageError(`${flag} is a gate's id of 1 to 64 characters`);
}

/** An issuer's id or a region: both are ISO 3166 codes. */
export function readCode(flag: string, value: string | undefined): string {
  const code = needed(flag, value);
  if (isIssuerId(code)) return code;
  throw usageError(`${flag} is a code like CN-TJ`);
}

/** The http(s) address of a hub, without query, fragment and, at the root, the slash. */
export function readUrl(flag: string, value: string | undefined): string {
  const text = needed(flag, value);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  if (!isPlain) throw usageError(`${flag} is the http(s) address of the hub`);
  url.search = '';
  url.hash = '';
  return url.pathname === '/' ? url.origin : url.href;
}
