import type { HeatHour, HeatMap } from '../../../core/console/live.ts';
import { dayBegin } from '../../../core/log/occupancy.ts';
import { epochMillis } from '../../../core/units.ts';
import { problem } from '../../http/problem.ts';
import { heatMap } from '../../store/console/counts.ts';
import { gatePlaces } from '../../store/places/gate-places.ts';
import { type AskedBy, answer, closed } from '../asked.ts';

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

/** `?offset=480&days=7&gate=ID`: people and refusals by day and hour, the days up to today, 30 at most. */
async function heat({ context, hub, now, operator }: AskedBy): Promise<Response> {
  const { offset = '0', days = '7', gate } = context.req.query();
  const count = Number(days);
  if (!/^-?\d{1,3}$/.test(offset) || !/^\d{1,2}$/.test(days) || count < 1 || count > 30)
    return problem(context, 'bad-shape');
  const mine = (await gatePlaces(hub.sql)).filter((place) => place.isSeen(operator.areas));
  const one = mine.find(({ id }) => id === gate);
  if (gate !== undefined && !one) return problem(context, 'not-found');
  const everything = operator.areas === 'all' ? undefined : mine.map(({ id }) => id);
  const begin = dayBegin(now, Number(offset));
  const cells = await heatMap(hub.sql, {
    area: one ? [one.id] : everything,
    from: epochMillis(begin - (count - 1) * dayMs),
    to: epochMillis(begin + dayMs),
    offsetMinutes: Number(offset),
  });
  const known = new Map(cells.map(({ day, hour, ...counts }) => [`${day} ${hour}`, counts]));
  const today = Math.floor((now + Number(offset) * minuteMs) / dayMs) * dayMs;
  const facts: HeatMap = {
    ...(one && { gate: { id: one.id, name: one.name } }),
    days: Array.from({ length: count }, (_, i) => today - (count - 1 - i) * dayMs).map((day) => ({
      day: new Date(day).toISOString().slice(0, 10),
      hours: Array.from({ length: 24 }, (_, hour) => known.get(`${day} ${hour}`) ?? nobody),
    })),
  };
  return answer(context, facts);
}

const nobody: HeatHour = { people: 0, refused: 0 };

/** When people come. */
export const heatRows = [closed('GET', '/heat', 'log:read', heat)];
