import type { Language } from '../../../core/terms.ts';

const zone = { timeZone: 'Asia/Shanghai', hourCycle: 'h23' } as const;
const hours = { hour: '2-digit', minute: '2-digit' } as const;
const day = { month: 'short', day: 'numeric' } as const;

/** `14:30:05`: what the guard's clock says too, wherever the phone believes to be. */
export const clockText = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { ...zone, ...hours, second: '2-digit' }).format(at);

/** `11月27日 周五`. */
export const dayText = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { ...zone, ...day, weekday: 'short' }).format(at);

/** `11月28日 14:30`. */
export const untilText = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { ...zone, ...day, ...hours }).format(at);

/** `2027年11月28日`: of what is good for longer than a year. */
export const yearText = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { ...zone, year: 'numeric', ...day }).format(at);
