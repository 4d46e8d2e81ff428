import type { Language } from '../core/terms.ts';

/** Dates, times and numbers in the guard's language. Instants are epoch milliseconds. */
export interface Formats {
  /** `14:30`, `14:30:05` with seconds. */
  time(at: number, seconds?: boolean): string;
  /** `today 14:30`, `yesterday 09:00`, `Nov 3 14:30`, as seen from `now`. */
  dayTime(at: number, now: number): string;
  /** `Nov 3`. */
  date(at: number): string;
  /** For paper, which is read another day: `25 Nov 2026, 14:30:05 GMT+8`, with year and zone. */
  stamp(at: number): string;
  /** `just now`, `12 seconds ago`, in the largest unit that keeps two digits; negative = in the future. */
  ago(seconds: number): string;
  number(value: number): string;
  /** `37.3 °C`. */
  celsius(value: number): string;
}

const units = [
  ['second', 1, 90],
  ['minute', 60, 90 * 60],
  ['hour', 3600, 48 * 3600],
  ['day', 86_400, Number.POSITIVE_INFINITY],
] as const;

const justNow: Readonly<Record<Language, string>> = {
  'zh-CN': '刚刚',
  'zh-TW': '剛剛',
  en: 'just now',
};

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

export function formats(language: Language): Formats {
  const clock = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const clockSeconds = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' });
  const whole = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: language === 'en' ? 'short' : '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    calendar: 'gregory',
  });
  const zone = new Intl.DateTimeFormat(language, { timeZoneName: 'short' });
  const nearDay = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const relative = new Intl.RelativeTimeFormat(language, {
    style: language === 'en' ? 'long' : 'short',
  });
  const number = new Intl.NumberFormat(language);
  const degrees = new Intl.NumberFormat(language, { minimumFractionDigits: 1 });

  return {
    time: (at, seconds = false) => (seconds ? clockSeconds : clock).format(at),
    dayTime(at, now) {
      const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
      const day = Math.abs(days) < 2 ? nearDay.format(days, 'day') : date.format(at);
      return `${day} ${clock.format(at)}`;
    },
    date: (at) => date.format(at),
    // Chinese would have the zone between day and time
    stamp: (at) =>
      [whole.format(at), zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value]
        .filter((part) => part !== undefined)
        .join(' '),
    ago(seconds) {
      if (seconds >= 0 && seconds < 5) return justNow[language];
      const [unit, size] = units.find(([, , below]) => Math.abs(seconds) < below) ?? units[3];
      return relative.format(-Math.trunc(seconds / size), unit);
    },
    number: (value) => number.format(value),
    celsius: (value) => `${degrees.format(value)}${language === 'en' ? ' °C' : '℃'}`,
  };
}
