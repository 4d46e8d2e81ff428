import { refusal, usageError } from '../../node/command-error.ts';
import { findDevice } from '../store/devices.ts';
import { dropQuarantine, listQuarantine, type Quarantine } from '../store/quarantine.ts';
import { noteAct } from './act.ts';
import { command, type Work } from './command.ts';
import { line } from './print.ts';

/** What lies in quarantine, and putting it away for good. */
export const quarantine = command(
  `quarantine list [DEVICE]
          entries in quarantine by device and reason: how many, how large, from which to which
  quarantine drop DEVICE --reason WHY
          drops their content for good; their places, hashes and WHY stay`,
  { reason: { type: 'string' } },
  ['list or drop', '[DEVICE]'],
  ({ reason }, [what, device]) => {
    if (what === 'list') {
      if (reason !== undefined) throw usageError('--reason goes with drop');
      return list(device);
    }
    if (what !== 'drop') throw usageError('quarantine list or quarantine drop');
    if (device === undefined) throw usageError('say of which DEVICE to drop');
    if (!reason?.trim() || reason.length > 200)
      throw usageError('--reason says why, in 1 to 200 characters');
    return drop(device, reason);
  },
);

const list =
  (device: string | undefined): Work =>
  async ({ sql }) => {
    const all = await listQuarantine(sql, device);
    return {
      say: all.length === 0 ? ['nothing is in quarantine'] : all.map(lineOf),
      facts: { quarantine: all },
    };
  };

const drop =
  (device: string, reason: string): Work =>
  async ({ sql, now }) => {
    const known = await findDevice(sql, device);
    if (!known) throw refusal('no such device');
    const dropped = await sql.transaction(async (tx) => {
      const entries = await dropQuarantine(tx, device, reason);
      const facts = { device, gate: known.gate.id, reason, entries };
      await noteAct(tx, { now }, 'quarantine-dropped', facts);
      return entries;
    });
    return { say: [`${dropped} entries dropped`], facts: { device, dropped } };
  };

function lineOf({ device, reason, entries, characters, from, to, dropped }: Quarantine): string {
  const where = from === to ? `at ${from}` : `from ${from} to ${to}`;
  const rest = dropped === null ? `${characters} characters` : `dropped: ${dropped}`;
  return line(device, reason, `${entries} entries`, where, rest);
}
