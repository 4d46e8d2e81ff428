import { usageError } from '../../node/start-error.ts';
import { type HubShift, listShifts } from '../store/shifts.ts';
import { dataOption, type HubCommand, minute, readCommandArgs } from './command.ts';
import { line } from './print.ts';

/** Lists the newest shifts with their numbers. */
export const shifts: HubCommand = {
  usage: `shifts [DEVICE]
          the newest 50 shifts: device, gate, from, to, scans by verdict`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, dataOption);
    if (positionals.length > 1) throw usageError('shifts takes one DEVICE at most');
    const [device] = positionals;
    return {
      data: values.data,
      async run({ sql }) {
        const all = await listShifts(sql, { limit: 50, ...(device !== undefined && { device }) });
        return all.map(shiftLine).join('\n') || 'no shift has come in';
      },
    };
  },
};

function shiftLine(one: HubShift): string {
  const { pass, check, stop, unknown } = one.states;
  const late = one.entries - one.trusted;
  return line(
    ...[one.device, one.shift, one.gate],
    `${minute(one.from)} to ${one.ended ? minute(one.to) : 'now or lost'}`,
    ...[`pass ${pass}`, `check ${check}`, `stop ${stop}`, `unknown ${unknown}`],
    ...(one.revoked ? [`REVOKED${late > 0 ? `: ${late} entries came after that` : ''}`] : []),
    ...(one.enrolledAt === undefined ? [] : [`ANOTHER GATE: enrolled at ${one.enrolledAt}`]),
  );
}
