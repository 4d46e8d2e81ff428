import * as v from 'valibot';
import type { LookedAtPhone } from '../../../core/console/devices.ts';
import type { Queries } from '../../../node/database.ts';
import { bodyProblem, problem } from '../../http/problem.ts';
import { type Act, recordAct } from '../../operators/act-log.ts';
import { revokeDevice } from '../../store/devices.ts';
import { confirmDevice, deviceRows } from '../../store/places/device-rows.ts';
import { findGate } from '../../store/places/gates.ts';
import { dropQuarantine, listQuarantine } from '../../store/quarantine.ts';
import { type AskedBy, actorOf, answer, closed, readJson } from '../asked.ts';
import { find, missingOf, reason } from './asked-phone.ts';
import { makeCodes, watchCodes } from './enrolment.ts';
import { replace } from './replace.ts';

async function list({ context, hub, now, operator }: AskedBy): Promise<Response> {
  return answer(context, { devices: await deviceRows(hub.sql, operator.areas, now) });
}

/** One phone: what came of it, what is missing, what lies in quarantine. */
async function look(asked: AskedBy): Promise<Response> {
  const { context, hub, operator } = asked;
  const device = await find(asked);
  if (!device) return problem(context, 'not-found');
  const quarantine = await listQuarantine(hub.sql, device.id);
  const gate = await findGate(hub.sql, device.gate, operator.areas);
  const { settingsIat } = gate ?? {};
  const looked = {
    ...{ device, quarantine, ...(await missingOf(hub.sql, device)) },
    ...(settingsIat !== undefined && { settingsIat }),
  };
  return answer(context, looked satisfies LookedAtPhone);
}

const why = v.strictObject({ reason });

/** Does something to the phone for a reason, and writes both down together. */
async function because(
  asked: AskedBy,
  act: Act,
  work: (tx: Queries, id: string, reason: string) => Promise<unknown>,
): Promise<Response> {
  const { context, hub, now } = asked;
  const body = await readJson(asked, why);
  if (!body.ok) return bodyProblem(context, body.error);
  const device = await find(asked);
  if (!device) return problem(context, 'not-found');
  await hub.sql.transaction(async (tx) => {
    await work(tx, device.id, body.value.reason);
    const facts = { device: device.id, gate: device.gate, reason: body.value.reason };
    await recordAct(tx, { at: now, by: actorOf(asked), act, facts });
  });
  return answer(context, {});
}

const revoke = (asked: AskedBy) =>
  because(asked, 'device-revoked', (tx, id) => revokeDevice(tx, id, asked.now));

const drop = (asked: AskedBy) => because(asked, 'quarantine-dropped', dropQuarantine);

/** 一样: both screens show the same six digits. 不一样 is a revocation with that reason. */
async function confirm(asked: AskedBy): Promise<Response> {
  const { context, hub, now } = asked;
  const body = await readJson(asked, v.strictObject({ same: v.boolean() }));
  if (!body.ok) return bodyProblem(context, body.error);
  const device = await find(asked);
  if (!device) return problem(context, 'not-found');
  const { same } = body.value;
  await hub.sql.transaction(async (tx) => {
    if (same) await confirmDevice(tx, device.id, now);
    else await revokeDevice(tx, device.id, now);
    const facts = { device: device.id, gate: device.gate, digits: device.digits };
    const act = same ? 'device-confirmed' : 'device-revoked';
    await recordAct(tx, { at: now, by: actorOf(asked), act, facts: { ...facts, same } });
  });
  return answer(context, {});
}

/** Phones: enrolled by codes, compared, looked at, revoked. */
export const phoneRows = [
  closed('GET', '/devices', 'devices:read', list),
  closed('GET', '/devices/:id', 'devices:read', look),
  closed('POST', '/devices/:id/confirm', 'devices:write', confirm),
  closed('POST', '/devices/:id/revoke', 'devices:write', revoke),
  closed('POST', '/devices/:id/replace', 'devices:write', replace),
  closed('POST', '/devices/:id/drop-quarantine', 'devices:write', drop),
  closed('POST', '/codes', 'devices:write', makeCodes),
  closed('POST', '/codes/uses', 'devices:read', watchCodes, 'idle'),
];
