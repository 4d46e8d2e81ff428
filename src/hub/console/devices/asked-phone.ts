import * as v from 'valibot';
import type { DeviceRow, LookedAtPhone } from '../../../core/console/devices.ts';
import { isClaimText } from '../../../core/pass/claim-text.ts';
import type { Queries } from '../../../node/database.ts';
import { listMissing } from '../../store/missing.ts';
import { deviceRows } from '../../store/places/device-rows.ts';
import type { AskedBy } from '../asked.ts';

/** Why something is done to a phone: 1 to 200 characters, all of it to be seen. */
export const reason = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => text.length <= 200 && isClaimText(text, 600)),
);

/** The phone asked for, where its gate is of the operator's areas. */
export async function find({
  context,
  hub,
  now,
  operator,
}: AskedBy): Promise<DeviceRow | undefined> {
  const id = context.req.param('id') ?? '';
  const [device] = await deviceRows(hub.sql, operator.areas, now, id);
  return device;
}

/** What never came of it, as far as is known: holes, and the end that it said it had. */
export async function missingOf(
  sql: Queries,
  { id, entries, told }: DeviceRow,
): Promise<Pick<LookedAtPhone, 'gaps' | 'unsent' | 'openShifts'>> {
  const [missing] = await listMissing(sql, id);
  const head = told?.head ?? 0;
  return {
    ...{ gaps: missing?.gaps ?? [], openShifts: missing?.openShifts ?? [] },
    ...(head > entries && { unsent: { from: entries + 1, to: head } }),
  };
}
