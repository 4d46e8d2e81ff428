import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The time zone of whom a command speaks to: of a running hub somebody else asks it. Outside of
 * `inZone` the process's own (TZ).
 */
const zones = new AsyncLocalStorage<string>();

/** Does the work by the clock of this IANA zone. Throws a `RangeError` where there is none like it. */
export function inZone<T>(zone: string, work: () => T): T {
  formatOf(zone);
  return zones.run(zone, work);
}

const formatOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });

/** Minutes the clock there is ahead of UTC at that moment. */
export function aheadOfUtc(at: number): number {
  const zone = zones.getStore();
  return zone === undefined ? -new Date(at).getTimezoneOffset() : aheadIn(formatOf(zone), at);
}

function aheadIn(format: Intl.DateTimeFormat, at: number): number {
  const said = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = 0, minutes = 0] = /GMT([+-])(\d\d):(\d\d)/.exec(said ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

const hourMs = 3_600_000;

/**
 * The same for long tables: minutes by the clock of this IANA zone, looked up once an hour of theirs;
 * undefined where there is no such zone.
 */
export function clockOf(zone: string): ((at: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = formatOf(zone);
  } catch {
    return undefined;
  }
  const known = new Map<number, number>();
  return (at) => {
    const hour = Math.floor(at / hourMs) * hourMs;
    const minutes = known.get(hour) ?? aheadIn(format, Math.min(Math.max(hour, -latest), latest));
    if (known.size > 10_000) known.clear();
    known.set(hour, minutes);
    return minutes;
  };
}

/** When this day (`2027-01-31`) begins there, in milliseconds since 1970. */
export function dayBegins(day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const guess = utc - aheadOfUtc(utc) * 60_000;
  return utc - aheadOfUtc(guess) * 60_000;
}

/** The latest moment that every zone can still be told of (ECMA-262 section 21.4.1.1). */
const latest = 8.63e15;

/** `2027-01-15 14:00 +08:00`, or with seconds: as the clock there shows it, and how far it is from UTC. */
export function wallClock(at: number, digits: 'minutes' | 'seconds'): string {
  if (Math.abs(at) > latest) return String(at);
  const ahead = aheadOfUtc(at);
  const iso = new Date(at + ahead * 60_000).toISOString();
  const local = iso.slice(0, iso.indexOf('T') + (digits === 'minutes' ? 6 : 9)).replace('T', ' ');
  const zone = new Date(Math.abs(ahead) * 60_000).toISOString().slice(11, 16);
  return `${local} ${ahead < 0 ? '-' : '+'}${zone}`;
}
