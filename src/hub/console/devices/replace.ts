import * as v from 'valibot';
import type { SeqRange } from '../../../core/console/devices.ts';
import { hashPin, isPin } from '../../../core/enrol/pin.ts';
import { bodyProblem, problem } from '../../http/problem.ts';
import { recordAct } from '../../operators/act-log.ts';
import { revokeDevice } from '../../store/devices.ts';
import { gatesToEnrol } from '../../store/places/gates.ts';
import { endCodesFor, isReplaced } from '../../store/places/replacing.ts';
import { type AskedBy, actorOf, answer, readJson } from '../asked.ts';
import { find, missingOf, reason } from './asked-phone.ts';
import { makeCode } from './enrolment.ts';

const replacing = v.strictObject({
  reason,
  /** The code is printed: good for a day. */
  paper: v.boolean(),
  pin: v.exactOptional(v.pipe(v.string(), v.check(isPin))),
});

const mostRanges = 100;
const rangeText = ({ from, to }: SeqRange): string => (from === to ? `${from}` : `${from}–${to}`);

/**
 * A phone is lost, broken or emptied: it is revoked, and a code for another one at its gate is made, in
 * one act that says what is missing of it. All of it or nothing.
 */
export async function replace(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const body = await readJson(asked, replacing);
  if (!body.ok) return bodyProblem(context, body.error);
  const device = await find(asked);
  if (!device) return problem(context, 'not-found');
  const { paper, pin, reason: why } = body.value;
  const [gate] = await gatesToEnrol(hub.sql, [device.gate], operator.areas);
  if (!gate) return problem(context, 'gate-closed');
  const hash = pin === undefined ? undefined : await hashPin(pin, hub.random(16));
  const code = await hub.sql.transaction(async (tx) => {
    if (await isReplaced(tx, device.id)) return undefined;
    const { gaps, unsent } = await missingOf(tx, device);
    await revokeDevice(tx, device.id, now);
    await endCodesFor(tx, device.id, now);
    const rest = { replaces: device.id, ...(hash && { pin: hash }) };
    const made = await makeCode(tx, asked, gate, { paper, ...rest });
    const facts = {
      ...{ device: device.id, gate: device.gate, reason: why, paper, pin: hash !== undefined },
      ...{ entries: device.entries, heardAt: device.heardAt ?? null },
      missing: [...gaps, ...(unsent ? [unsent] : [])].slice(0, mostRanges).map(rangeText),
    };
    await recordAct(tx, { at: now, by: actorOf(asked), act: 'device-replaced', facts });
    return made;
  });
  return code ? answer(context, { code }, 201) : problem(context, 'changed-meanwhile');
}
