import { epochMillis } from '../../../core/units.ts';
import type { ShiftReport } from '../../app/shift/shift-state.ts';

const hourMs = 3_600_000;
/** A shift somebody forgot to end is told by its busy hours alone. */
const mostHours = 36;

/** The hours of a report with the quiet ones between them. */
export function everyHour(hours: ShiftReport['hours']): ShiftReport['hours'] {
  const from = hours[0]?.from ?? 0;
  const length = Math.round(((hours.at(-1)?.from ?? from) - from) / hourMs) + 1;
  if (hours.length === 0 || length > mostHours) return hours;
  const people = new Map(hours.map((hour) => [Number(hour.from), hour.people]));
  return Array.from({ length }, (_, place) => from + place * hourMs).map((at) => ({
    from: epochMillis(at),
    people: people.get(at) ?? 0,
  }));
}
