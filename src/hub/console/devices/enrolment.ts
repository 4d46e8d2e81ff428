import * as v from 'valibot';
import { toBase64url } from '../../../core/base64url.ts';
import { sha256Hex } from '../../../core/bytes.ts';
import type { NewCode } from '../../../core/console/devices.ts';
import { hashPin, isPin } from '../../../core/enrol/pin.ts';
import { isGateId, isSha256Hex } from '../../../core/ids.ts';
import { epochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { whereOf } from '../../../node/http/where.ts';
import { codeBytes, codeLifeMs, enrolLink, paperLifeMs } from '../../enrolment.ts';
import { bodyProblem, problem } from '../../http/problem.ts';
import { recordAct } from '../../operators/act-log.ts';
import { addCode, type Gate, type NewCode as StoredCode } from '../../store/devices.ts';
import { usesOfCodes } from '../../store/places/device-rows.ts';
import { gatesToEnrol } from '../../store/places/gates.ts';
import { type AskedBy, actorOf, answer, readJson } from '../asked.ts';

const mostCodes = 500;

const making = v.strictObject({
  gates: v.pipe(
    v.array(v.pipe(v.string(), v.check(isGateId))),
    v.minLength(1),
    v.maxLength(mostCodes),
  ),
  /** To be printed: good for a day, as paper is carried to its gate. */
  paper: v.boolean(),
  pin: v.exactOptional(v.pipe(v.string(), v.check(isPin))),
});

/** A one-use code for a phone at this gate; the page's own address is the hub's. */
export async function makeCode(
  tx: Queries,
  { context, hub, now }: AskedBy,
  gate: Gate,
  { paper, ...rest }: Pick<StoredCode, 'pin' | 'replaces'> & { readonly paper: boolean },
): Promise<NewCode> {
  const origin = whereOf(context, hub.trustProxy ?? false).origin;
  const expiresAt = epochMillis(now + (paper ? paperLifeMs : codeLifeMs));
  const code = toBase64url(hub.random(codeBytes));
  const sha256 = await sha256Hex(code);
  await addCode(tx, { sha256, gate, expiresAt, ...rest }, now);
  const link = enrolLink({ hub: origin, code, gate: gate.id, venue: gate.venue });
  return { id: sha256, gate: gate.id, name: gate.name, link, expiresAt };
}

/** One-use codes for phones at these gates, all of them or none. */
export async function makeCodes(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const body = await readJson(asked, making);
  if (!body.ok) return bodyProblem(context, body.error);
  const { paper, pin } = body.value;
  const wanted = [...new Set(body.value.gates)];
  const gates = await gatesToEnrol(hub.sql, wanted, operator.areas);
  if (gates.length < wanted.length) return problem(context, 'not-found');
  const hash = pin === undefined ? undefined : await hashPin(pin, hub.random(16));
  const codes: NewCode[] = [];
  await hub.sql.transaction(async (tx) => {
    for (const gate of gates)
      codes.push(await makeCode(tx, asked, gate, { paper, ...(hash && { pin: hash }) }));
    const facts = { gates: gates.map(({ id }) => id), paper, pin: hash !== undefined };
    await recordAct(tx, { at: now, by: actorOf(asked), act: 'code-made', facts });
  });
  return answer(context, { codes }, 201);
}

const asking = v.strictObject({
  ids: v.pipe(v.array(v.pipe(v.string(), v.check(isSha256Hex))), v.maxLength(mostCodes)),
});

/** Which codes were used, and the six digits to compare. Asked by the page again and again. */
export async function watchCodes(asked: AskedBy): Promise<Response> {
  const body = await readJson(asked, asking);
  if (!body.ok) return bodyProblem(asked.context, body.error);
  return answer(asked.context, { uses: await usesOfCodes(asked.hub.sql, body.value.ids) });
}
