import { epochMillis } from '../../core/units.ts';
import { type HubGate, listGates } from '../store/gates.ts';
import { command, minute } from './command.ts';
import { line } from './print.ts';

const dayMs = 24 * 3_600_000;

/** Lists every gate that devices are enrolled at. */
export const gates = command(
  `gates
          every gate: id, name, venue, region, trusted devices, when the last entry came,
          the people of the last 24 hours by how it ended, its scans by verdict`,
  {},
  [],
  () =>
    async ({ sql, now }) => {
      const all = await listGates(sql, epochMillis(now - dayMs));
      const facts = all.map(({ region = null, receivedAt = null, ...gate }) => ({
        ...gate,
        region,
        receivedAt,
      }));
      return {
        say: all.length === 0 ? ['no device is enrolled'] : all.map(lineOf),
        facts: { gates: facts },
      };
    },
);

function lineOf(gate: HubGate): string {
  const { id, name, venue, region = '-', trusted, receivedAt, states, notCounted } = gate;
  const { people, admitted, refused, notRecorded, left, looks } = gate.people;
  const { pass, check, stop, unknown } = states;
  const last = receivedAt === undefined ? 'nothing received' : `last ${minute(receivedAt)}`;
  const { revoked, elsewhere } = notCounted;
  return line(
    ...[id, name, venue, region, `${trusted} trusted`, last],
    ...[`people ${people}`, `admitted ${admitted}`, `refused ${refused}`],
    `not recorded ${notRecorded}`,
    ...(left > 0 ? [`left ${left}`] : []),
    ...(looks > 0 ? [`looked at ${looks}`] : []),
    ...[`pass ${pass}`, `check ${check}`, `stop ${stop}`, `unknown ${unknown}`],
    ...(revoked > 0 ? [`not counted: ${revoked} after a device was REVOKED`] : []),
    ...(elsewhere > 0 ? [`not counted: ${elsewhere} by devices ENROLLED ELSEWHERE`] : []),
  );
}
