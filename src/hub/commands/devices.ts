import { calculateJwkThumbprint } from 'jose';
import { sixDigits } from '../../core/fingerprint.ts';
import { StartError } from '../start-error.ts';
import { type ListedDevice, listDevices, revokeDevice } from '../store/devices.ts';
import { dataOption, type HubCommand, readCommandArgs, usageError } from './command.ts';

/** Lists every device that was ever enrolled. */
export const devices: HubCommand = {
  usage: `devices
          every device: id, gate, the six digits its own screen shows, since when,
          revoked or not`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, dataOption);
    if (positionals.length > 0) throw usageError('devices takes options only');
    return {
      data: values.data,
      async run({ sql }) {
        const all = await listDevices(sql);
        if (all.length === 0) return 'no device is enrolled';
        return (await Promise.all(all.map(lineOf))).join('\n');
      },
    };
  },
};

/** From now on what the device sends is kept and marked, no longer trusted: protocol 4. */
export const revoke: HubCommand = {
  usage: `revoke DEVICE
          what this device sends is kept and marked from now on, no longer trusted`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, dataOption);
    const [id] = positionals;
    if (id === undefined || positionals.length > 1) throw usageError('say which DEVICE to revoke');
    return {
      data: values.data,
      async run({ sql, now }) {
        if (await revokeDevice(sql, id, now)) return 'revoked';
        throw new StartError('no such device');
      },
    };
  },
};

async function lineOf({ id, jwk, gate, enrolledAt, revokedAt }: ListedDevice): Promise<string> {
  const digits = sixDigits(await calculateJwkThumbprint(jwk));
  const state = revokedAt === undefined ? 'trusted' : `revoked ${day(revokedAt)}`;
  return `${id}  ${gate.id}  ${digits}  enrolled ${day(enrolledAt)}  ${state}`;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
