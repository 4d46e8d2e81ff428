import { calculateJwkThumbprint } from 'jose';
import * as v from 'valibot';
import type { Areas } from '../../../core/console/areas.ts';
import { byNeed, type CodeUse, type DeviceRow } from '../../../core/console/devices.ts';
import { sixDigits } from '../../../core/enrol/fingerprint.ts';
import { publicJwk } from '../../../core/jwk.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { listMissing, type Missing } from '../missing.ts';
import { alarmsOf } from './device-alarms.ts';
import { readTold } from './device-status.ts';
import { within } from './gates.ts';

/** A phone on shift of which nothing came for so long is silent. */
export const silentMs = 10 * 60_000;

interface Row {
  readonly id: string;
  readonly jwk: string;
  readonly gate_id: string;
  readonly gate_name: string;
  readonly enrolled_at: number;
  readonly confirmed_at: number | null;
  readonly revoked_at: number | null;
  readonly entry: string | null;
  readonly told_at: number | null;
  readonly facts: string | null;
  readonly replaces: string | null;
  readonly replaced_by: string | null;
}

/** Phones at the gates of these areas, those first that need a hand; the revoked ones last. */
export async function deviceRows(
  sql: Queries,
  areas: Areas,
  now: EpochMillis,
  device?: string,
): Promise<DeviceRow[]> {
  const { sql: mine, params } = within(areas, 2);
  const rows = await sql.query<Row>(
    `select d.id, d.jwk, d.gate_id, g.name as gate_name, d.enrolled_at, d.confirmed_at,
       d.revoked_at, d.replaces, s.entry, t.told_at, t.facts,
       (select n.id from devices n where n.replaces = d.id
        order by n.revoked_at is not null, n.enrolled_at desc limit 1) as replaced_by
     from devices d join gates g on g.id = d.gate_id
     left join device_status t on t.device = d.id
     left join lateral (select entry from scans where device = d.id order by seq desc limit 1) s on true
     where ($1::text is null or d.id = $1) and ${mine}
     order by d.enrolled_at desc, d.id`,
    [device ?? null, ...params],
  );
  const missing = new Map((await listMissing(sql, device)).map((one) => [one.device, one]));
  const read = await Promise.all(rows.map((row) => rowOf(row, missing.get(row.id), now)));
  return read.sort(byNeed);
}

async function rowOf(row: Row, log: Missing | undefined, now: EpochMillis): Promise<DeviceRow> {
  const lost = log?.gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0) ?? 0;
  const told = readTold(row.told_at, row.facts);
  const onShift = (log?.openShifts.length ?? 0) > 0;
  const contacts = [log?.receivedAt, told?.at].flatMap((at) => at ?? []);
  const heardAt = contacts.length > 0 ? Math.max(...contacts) : undefined;
  const last = lastWords(row.entry);
  const isTold = told !== undefined && told.at >= (log?.receivedAt ?? 0);
  const { app, quality } = isTold ? { ...last, ...told } : last;
  const silent = onShift && now - (heardAt ?? row.enrolled_at) > silentMs;
  const confirmed = row.confirmed_at !== null;
  return {
    ...{ id: row.id, gate: row.gate_id, gateName: row.gate_name },
    digits: sixDigits(await calculateJwkThumbprint(v.parse(publicJwk, JSON.parse(row.jwk)))),
    enrolledAt: row.enrolled_at,
    ...(row.confirmed_at !== null && { confirmedAt: row.confirmed_at }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
    ...(row.replaces !== null && { replaces: row.replaces }),
    ...(row.replaced_by !== null && { replacedBy: row.replaced_by }),
    ...(log?.receivedAt !== undefined && { receivedAt: log.receivedAt }),
    ...(heardAt !== undefined && { heardAt }),
    ...(app !== undefined && { app }),
    ...(quality !== undefined && { quality }),
    ...(told && { told }),
    entries: log?.last ?? 0,
    missing: lost,
    quarantined: log?.quarantined.length ?? 0,
    otherGate: log?.otherGate ?? 0,
    onShift,
    alarms:
      row.revoked_at === null ? alarmsOf({ log, told, quality, lost, silent, confirmed }) : [],
  };
}

/** What the newest entry says of its writer; an entry nobody can read says nothing. */
function lastWords(entry: string | null): { app?: string; quality?: string } {
  try {
    const { app, quality } = JSON.parse(entry ?? '{}') as Record<string, unknown>;
    return {
      ...(typeof app === 'string' && { app: app.slice(0, 40) }),
      ...(typeof quality === 'string' && { quality: quality.slice(0, 20) }),
    };
  } catch {
    return {};
  }
}

/** Which of these codes were used, by which phone; codes are named by their hash. */
export async function usesOfCodes(sql: Queries, ids: readonly string[]): Promise<CodeUse[]> {
  const rows = await sql.query<{
    id: string;
    device: string | null;
    jwk: string | null;
    confirmed_at: number | null;
  }>(
    `select c.code_sha256 as id, d.id as device, d.jwk, d.confirmed_at from enrol_codes c
     left join devices d on d.id = c.device
     where c.code_sha256 = any($1::text[]) and c.used_at is not null`,
    [ids],
  );
  return Promise.all(
    rows.map(async ({ id, device, jwk, confirmed_at }) => ({
      id,
      ...(device !== null && { device }),
      ...(jwk !== null && {
        digits: sixDigits(await calculateJwkThumbprint(v.parse(publicJwk, JSON.parse(jwk)))),
      }),
      ...(confirmed_at !== null && { confirmedAt: confirmed_at }),
    })),
  );
}

/** Somebody has compared both screens. False when there is no such phone that counts. */
export async function confirmDevice(tx: Queries, id: string, at: EpochMillis): Promise<boolean> {
  const rows = await tx.query(
    `update devices set confirmed_at = coalesce(confirmed_at, $2)
     where id = $1 and revoked_at is null returning id`,
    [id, at],
  );
  return rows.length > 0;
}
