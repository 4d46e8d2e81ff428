import * as v from 'valibot';
import type { Told } from '../../../core/console/devices.ts';
import { type DeviceFacts, deviceFacts } from '../../../core/enrol/device-status.ts';
import { isObject, parseCanonical } from '../../../core/json.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';

/** Keeps what a phone tells of itself, in place of what it told before. */
export async function keepStatus(
  sql: Queries,
  device: string,
  facts: DeviceFacts,
  now: EpochMillis,
): Promise<void> {
  await sql.query(
    `insert into device_status (device, told_at, facts) values ($1, $2, $3)
     on conflict (device) do update set told_at = excluded.told_at, facts = excluded.facts`,
    [device, now, JSON.stringify(facts)],
  );
}

/** Member by member: what a newer hub on this database wrote otherwise is not there. */
export function readTold(at: number | null, facts: string | null): Told | undefined {
  const said = at === null || facts === null ? undefined : parseCanonical(facts);
  if (at === null || !isObject(said)) return undefined;
  const read = Object.entries(deviceFacts.entries).filter(([name, shape]) =>
    v.is(shape, said[name]),
  );
  return { at, ...Object.fromEntries(read.map(([name]) => [name, said[name]])) };
}
