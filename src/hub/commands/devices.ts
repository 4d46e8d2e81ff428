import { calculateJwkThumbprint } from 'jose';
import { sixDigits } from '../../core/enrol/fingerprint.ts';
import { refusal } from '../../node/command-error.ts';
import { findDevice, type ListedDevice, listDevices, revokeDevice } from '../store/devices.ts';
import { listMissing, type Missing } from '../store/missing.ts';
import { noteAct } from './act.ts';
import { command, minute } from './command.ts';
import { missingFacts, missingInShort } from './missing.ts';
import { line } from './print.ts';

/** Lists every device that was ever enrolled. */
export const devices = command(
  `devices
          every device: id, gate, the six digits its own screen shows, since when,
          revoked or not, how far its log has come and what is missing`,
  {},
  [],
  () =>
    async ({ sql }) => {
      const missing = new Map((await listMissing(sql)).map((one) => [one.device, one]));
      const all = await Promise.all(
        (await listDevices(sql)).map(async (device) => ({
          device,
          digits: sixDigits(await calculateJwkThumbprint(device.jwk)),
          log: missing.get(device.id),
        })),
      );
      return {
        say: all.length === 0 ? ['no device is enrolled'] : all.map(lineOf),
        facts: { devices: all.map(factsOf) },
      };
    },
);

/** From now on what the device sends is kept and marked, no longer trusted: protocol 4. */
export const revoke = command(
  `revoke DEVICE
          what this device sends is kept and marked from now on, no longer trusted`,
  {},
  ['DEVICE'],
  (_, [id = '']) =>
    async ({ sql, now }) => {
      await sql.transaction(async (tx) => {
        if (!(await revokeDevice(tx, id, now))) throw refusal('no such device');
        const gate = (await findDevice(tx, id))?.gate.id ?? null;
        await noteAct(tx, { now }, 'device-revoked', { device: id, gate });
      });
      return { say: ['revoked'], facts: { revoked: id } };
    },
);

interface Row {
  readonly device: ListedDevice;
  readonly digits: string;
  readonly log: Missing | undefined;
}

function lineOf({ device, digits, log }: Row): string {
  const { id, gate, enrolledAt, revokedAt } = device;
  const state = revokedAt === undefined ? 'trusted' : `REVOKED ${minute(revokedAt)}`;
  const came = log ? missingInShort(log) : '';
  return line(id, gate.id, digits, `enrolled ${minute(enrolledAt)}`, state, came);
}

function factsOf({ device, digits, log }: Row): object {
  const { id, gate, enrolledAt, revokedAt = null } = device;
  return { id, gate, digits, enrolledAt, revokedAt, log: log ? missingFacts(log) : null };
}
