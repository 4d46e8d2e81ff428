import { StartError, usageError } from '../../node/start-error.ts';
import { listDevices } from '../store/devices.ts';
import { dropQuarantine, listQuarantine, type Quarantine } from '../store/quarantine.ts';
import { dataOption, type HubCommand, type Job, readCommandArgs } from './command.ts';
import { line } from './print.ts';

const options = { ...dataOption, reason: { type: 'string' } } as const;

/** What lies in quarantine, and putting it away for good. */
export const quarantine: HubCommand = {
  usage: `quarantine list [DEVICE]
          entries in quarantine by device and reason: how many, how large, from which to which
  quarantine drop DEVICE --reason WHY
          drops their content for good; their places, hashes and WHY stay`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, options);
    const [what, device, ...rest] = positionals;
    const { reason, data } = values;
    if (rest.length > 0 || (what !== 'list' && what !== 'drop'))
      throw usageError('quarantine list or quarantine drop, of one DEVICE');
    if (what === 'list') {
      if (reason !== undefined) throw usageError('--reason goes with drop');
      return list(data, device);
    }
    if (device === undefined) throw usageError('say of which DEVICE to drop');
    if (!reason?.trim() || reason.length > 200)
      throw usageError('--reason says why, in 1 to 200 characters');
    return drop(data, device, reason);
  },
};

const list = (data: string, device: string | undefined): Job => ({
  data,
  async run({ sql }) {
    const all = await listQuarantine(sql, device);
    return all.map(lineOf).join('\n') || 'nothing is in quarantine';
  },
});

const drop = (data: string, device: string, reason: string): Job => ({
  data,
  async run({ sql }) {
    const known = (await listDevices(sql)).some(({ id }) => id === device);
    if (!known) throw new StartError('no such device');
    return `${await dropQuarantine(sql, device, reason)} entries dropped`;
  },
});

function lineOf({ device, reason, entries, characters, from, to, dropped }: Quarantine): string {
  const where = from === to ? `at ${from}` : `from ${from} to ${to}`;
  const rest = dropped === null ? `${characters} characters` : `dropped: ${dropped}`;
  return line(device, reason, `${entries} entries`, where, rest);
}
