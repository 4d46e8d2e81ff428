import { StartError } from '../start-error.ts';
import { listDevices } from '../store/devices.ts';
import { listShifts } from '../store/shifts.ts';
import { type LogReport, verifyLog } from '../store/verify-log.ts';
import { dataOption, type HubCommand, minute, readCommandArgs, usageError } from './command.ts';

/** Checks every device's log as the hub holds it, and names the first bad entry of each. */
export const verifyLogs: HubCommand = {
  usage: `verify-log [DEVICE]
          checks the logs taken in: content, chain, receipts; ends with 1 when one is broken`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, dataOption);
    if (positionals.length > 1) throw usageError('verify-log takes one DEVICE at most');
    return {
      data: values.data,
      async run({ sql }) {
        const known = (await listDevices(sql)).map(({ id }) => id);
        const [wanted] = positionals;
        if (wanted !== undefined && !known.includes(wanted)) throw new StartError('no such device');
        const lines: string[] = [];
        let broken = 0;
        for (const id of wanted === undefined ? known : [wanted]) {
          const report = await verifyLog(sql, id);
          if (report.problem) broken++;
          lines.push(reportLine(report));
        }
        if (broken > 0) throw new StartError(`${lines.join('\n')}\n${broken} broken`);
        return lines.join('\n') || 'no device is enrolled';
      },
    };
  },
};

export function reportLine({ device, entries, quarantined, head, problem }: LogReport): string {
  const found = problem ? `BROKEN at ${problem.at}: ${problem.problem}` : 'whole';
  return `${device}  ${entries} entries  ${quarantined} in quarantine  to ${head.seq}  ${found}`;
}

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
