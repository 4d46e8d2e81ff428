import type { EpochMillis } from '../units.ts';

/** China keeps one time and no summer time: eight hours ahead of UTC, all year since 1992. */
const aheadMs = 8 * 3_600_000;

/** The day in Asia/Shanghai, `YYYY-MM-DD`: what "three a day" counts by. */
export const shanghaiDay = (at: EpochMillis | number): string =>
  new Date(at + aheadMs).toISOString().slice(0, 10);

/** The same with the time of day, as `2026-06-01 10:00:00`, which spreadsheets take for a date. */
export const shanghaiTime = (at: EpochMillis | number): string =>
  new Date(at + aheadMs).toISOString().slice(0, 19).replace('T', ' ');

/** The day that lies so many days before another, `YYYY-MM-DD`. */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
