import { calculateJwkThumbprint } from 'jose';
import { sixDigits } from '../../core/enrol/fingerprint.ts';
import { StartError, usageError } from '../../node/start-error.ts';
import { type ListedDevice, listDevices, revokeDevice } from '../store/devices.ts';
import { listMissing, type Missing } from '../store/missing.ts';
import { dataOption, type HubCommand, minute, readCommandArgs } from './command.ts';
import { missingInShort } from './missing.ts';
import { line } from './print.ts';

/** Lists every device that was ever enrolled. */
export const devices: HubCommand = {
  usage: `devices
          every device: id, gate, the six digits its own screen shows, since when,
          revoked or not, how far its log has come and what is missing`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, dataOption);
    if (positionals.length > 0) throw usageError('devices takes options only');
    return {
      data: values.data,
      async run({ sql }) {
        const all = await listDevices(sql);
        if (all.length === 0) return 'no device is enrolled';
        const missing = new Map((await listMissing(sql)).map((one) => [one.device, one]));
        const lines = all.map((device) => lineOf(device, missing.get(device.id)));
        return (await Promise.all(lines)).join('\n');
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

async function lineOf(device: ListedDevice, missing: Missing | undefined): Promise<string> {
  const { id, jwk, gate, enrolledAt, revokedAt } = device;
  const digits = sixDigits(await calculateJwkThumbprint(jwk));
  const state = revokedAt === undefined ? 'trusted' : `REVOKED ${minute(revokedAt)}`;
  const log = missing ? missingInShort(missing) : '';
  return line(id, gate.id, digits, `enrolled ${minute(enrolledAt)}`, state, log);
}
