import type { EntrySearch } from '../../../core/console/entries.ts';

/** What the form of entries holds; empty texts ask for nothing. */
export interface Asking {
  /** `2027-01-31`, by the clock of this browser. */
  readonly from: string;
  readonly to: string;
  readonly gate: string | undefined;
  readonly state: string;
  readonly reason: string;
  readonly outcome: string;
  readonly type: string;
  readonly pass: string;
  readonly device: string | undefined;
  readonly shift: string | undefined;
}

/** `2027-01-31` where the browser stands. */
export function dayOf(at: number): string {
  const ahead = -new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at + ahead).toISOString().slice(0, 10);
}

/** Midnight at which the day begins, or one so many days later. */
export function beginOf(day: string, later = 0): number | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  const at = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(at) || at < 0 ? undefined : at;
}

/** As the hub is asked: only what was asked for. */
export function questionOf(asking: Asking): EntrySearch {
  const [from, to] = [beginOf(asking.from), beginOf(asking.to, 1)];
  const { gate, device, shift } = asking;
  const said = (name: 'state' | 'reason' | 'outcome' | 'type' | 'pass') =>
    asking[name].trim() === '' ? {} : { [name]: asking[name].trim() };
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(gate !== undefined && { gate }),
    ...(device !== undefined && { device }),
    ...(shift !== undefined && { shift }),
    ...said('state'),
    ...said('reason'),
    ...said('outcome'),
    ...said('type'),
    ...said('pass'),
  };
}
