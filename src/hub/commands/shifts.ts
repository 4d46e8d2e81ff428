import { type HubShift, listShifts } from '../store/shifts.ts';
import { command, minute } from './command.ts';
import { line } from './print.ts';

/** Lists the newest shifts with their numbers. */
export const shifts = command(
  `shifts [DEVICE]
          the newest 50 shifts: device, gate, from, to, people and how it ended,
          scans by verdict`,
  {},
  ['[DEVICE]'],
  (_, [device]) =>
    async ({ sql }) => {
      const all = await listShifts(sql, { limit: 50, ...(device !== undefined && { device }) });
      return {
        say: all.length === 0 ? ['no shift has come in'] : all.map(shiftLine),
        facts: { shifts: all.map((one) => ({ ...one, enrolledAt: one.enrolledAt ?? null })) },
      };
    },
);

function shiftLine(one: HubShift): string {
  const { pass, check, stop, unknown } = one.states;
  const { people, admitted, refused, notRecorded, left, looks } = one.people;
  const late = one.entries - one.trusted;
  return line(
    ...[one.device, one.shift, one.gate],
    `${minute(one.from)} to ${one.ended ? minute(one.to) : 'now or lost'}`,
    ...[`people ${people}`, `admitted ${admitted}`, `refused ${refused}`],
    `not recorded ${notRecorded}`,
    ...(left > 0 ? [`left ${left}`] : []),
    ...(looks > 0 ? [`looked at ${looks}`] : []),
    ...[`pass ${pass}`, `check ${check}`, `stop ${stop}`, `unknown ${unknown}`],
    ...(one.revoked ? [`REVOKED${late > 0 ? `: ${late} entries came after that` : ''}`] : []),
    ...(one.enrolledAt === undefined ? [] : [`ANOTHER GATE: enrolled at ${one.enrolledAt}`]),
  );
}
