import * as v from 'valibot';
import type { ShiftList, ShiftRow } from '../../../core/console/shifts.ts';
import { isGateId, isKeptDeviceId } from '../../../core/ids.ts';
import type { Queries } from '../../../node/database.ts';
import { bodyProblem } from '../../http/problem.ts';
import { pageShifts } from '../../store/console/shift-pages.ts';
import { readEntry } from '../../store/people/count-people.ts';
import type { HubShift } from '../../store/shifts.ts';
import { type AskedBy, answer, readJson } from '../asked.ts';
import { filterOf } from '../entries/filter.ts';

const aPage = 30;
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const device = v.pipe(v.string(), v.check(isKeptDeviceId));
const question = v.strictObject({
  gate: v.exactOptional(v.pipe(v.string(), v.check(isGateId))),
  device: v.exactOptional(device),
  after: v.exactOptional(v.strictObject({ at: whole, device, seq: whole })),
});

/** A page of shifts at the gates the operator may see. */
export async function listShifts(asked: AskedBy): Promise<Response> {
  const { context, hub, operator } = asked;
  const body = await readJson(asked, question);
  if (!body.ok) return bodyProblem(context, body.error);
  const { gate, device: of, after } = body.value;
  const { filter, namesOf } = await filterOf(hub.sql, operator, {});
  const isHidden = gate !== undefined && filter.area?.includes(gate) === false;
  const area = gate === undefined ? filter.area : isHidden ? [] : [gate];
  const page = await pageShifts(hub.sql, {
    ...{ area, limit: aPage, after },
    ...(of !== undefined && { device: of }),
  });
  const names = await namesOf(page.shifts.map((one) => one.gate));
  const facts: ShiftList = { ...page, shifts: await rowsOf(hub.sql, page.shifts, names) };
  return answer(context, facts);
}

/** With who was on duty, and what the gate is called. */
export async function rowsOf(
  sql: Queries,
  shifts: readonly HubShift[],
  names: ReadonlyMap<string, string>,
): Promise<ShiftRow[]> {
  const starts = await sql.query<{ text: string }>(
    `select entry as text from scans join unnest($1::text[], $2::text[]) as wanted (of, named)
       on device = of and shift = named where type = 'shift-start'`,
    [shifts.map((one) => one.device), shifts.map(({ shift }) => shift)],
  );
  const guards = new Map<string, string>();
  for (const { text } of starts) {
    const entry = readEntry(text);
    if (entry?.type === 'shift-start') guards.set(`${entry.device} ${entry.shift}`, entry.operator);
  }
  return shifts.map((one) => {
    const { enrolledAt, entries: _, trusted: __, ...row } = one;
    const operator = guards.get(`${row.device} ${row.shift}`);
    return {
      ...row,
      gateName: names.get(row.gate) ?? row.gate,
      elsewhere: enrolledAt !== undefined,
      ...(operator !== undefined && { operator }),
    };
  });
}
