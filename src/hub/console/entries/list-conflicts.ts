import * as v from 'valibot';
import type { ConflictList } from '../../../core/console/conflicts.ts';
import { isKeptDeviceId } from '../../../core/ids.ts';
import { bodyProblem } from '../../http/problem.ts';
import { listConflicts } from '../../store/console/conflicts.ts';
import { type AskedBy, answer, readJson } from '../asked.ts';
import { filterOf } from './filter.ts';

const aPage = 50;
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const question = v.strictObject({
  after: v.exactOptional(
    v.strictObject({
      at: whole,
      device: v.pipe(v.string(), v.check(isKeptDeviceId)),
      seq: whole,
    }),
  ),
});

/** Codes that were shown to two phones within five minutes, the newest first. */
export async function conflicts(asked: AskedBy): Promise<Response> {
  const { context, hub, operator } = asked;
  const body = await readJson(asked, question);
  if (!body.ok) return bodyProblem(context, body.error);
  const { filter, namesOf } = await filterOf(hub.sql, operator, {});
  const { area } = filter;
  const found = await listConflicts(hub.sql, { area, limit: aPage, after: body.value.after });
  const gates = found.flatMap(({ earlier, later }) => [earlier.gate, later.gate]);
  const names = await namesOf(gates);
  const last = found.at(-1);
  const facts: ConflictList = {
    conflicts: found,
    names: Object.fromEntries(gates.map((gate) => [gate, names.get(gate) ?? gate])),
    ...(found.length === aPage && last && { after: last.key }),
  };
  return answer(context, facts);
}
