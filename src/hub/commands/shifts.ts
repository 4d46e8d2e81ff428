import { listShifts } from '../store/shifts.ts';
import { dataOption, type HubCommand, minute, readCommandArgs, usageError } from './command.ts';

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

function shiftLine({
  device,
  shift,
  gate,
  from,
  to,
  states,
  ended,
}: Awaited<ReturnType<typeof listShifts>>[number]): string {
  const { pass, check, stop, unknown } = states;
  const when = `${minute(from)} to ${ended ? minute(to) : 'now or lost'}`;
  return `${device}  ${shift}  ${gate}  ${when}  pass ${pass}  check ${check}  stop ${stop}  unknown ${unknown}`;
}
