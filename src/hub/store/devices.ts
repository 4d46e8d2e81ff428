import * as v from 'valibot';
import { type PinHash, readPinHash } from '../../core/enrol/pin.ts';
import { isKeptDeviceId } from '../../core/ids.ts';
import { type PublicJwk, publicJwk } from '../../core/jwk.ts';
import { emptyHead } from '../../core/log/entry.ts';
import { type Venue, venues } from '../../core/trust/venue-rule.ts';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries, Sql } from '../../node/database.ts';
import { keepGate } from './places/gates.ts';
import { describeDevice, type SignDevice } from './proof/device-record.ts';

/** Where a device stands, given to it at enrolment: protocol 4. */
export interface Gate {
  readonly id: string;
  readonly name: string;
  readonly venue: Venue;
  readonly region?: string;
}
/** What a newer hub on the same database wrote besides is left alone: protocol 10. */
const gate = v.object({
  id: v.string(),
  name: v.string(),
  venue: v.picklist(venues),
  region: v.exactOptional(v.string()),
});

export interface Device {
  readonly jwk: PublicJwk;
  readonly gate: Gate;
  /** The gate as it is kept: the same text is the same gate. */
  readonly gateText: string;
  /** Where it counts and its gate belongs to a site. */
  readonly group?: SiteDevice;
  readonly revokedAt?: EpochMillis;
}

/** A device at an open gate of a site, which hears of the others there. */
export interface SiteDevice {
  readonly device: string;
  readonly gate: string;
  readonly site: string;
}

/** Undefined also for a text that can be no id: PostgreSQL would throw at U+0000 in it. */
export async function findDevice(sql: Queries, id: string): Promise<Device | undefined> {
  if (!isKeptDeviceId(id)) return undefined;
  const [row] = await sql.query<{
    jwk: string;
    gate: string;
    revoked_at: number | null;
    site_gate: string | null;
    site: string | null;
  }>(
    `select d.jwk, d.gate, d.revoked_at, g.id as site_gate, g.site from devices d
     left join gates g on g.id = d.gate_id and g.site is not null and g.closed_at is null
     where d.id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { site_gate: siteGate, site, revoked_at: revokedAt } = row;
  const isOfSite = siteGate !== null && site !== null && revokedAt === null;
  return {
    jwk: v.parse(publicJwk, JSON.parse(row.jwk)),
    gate: v.parse(gate, JSON.parse(row.gate)),
    gateText: row.gate,
    ...(isOfSite && { group: { device: id, gate: siteGate, site } }),
    ...(revokedAt !== null && { revokedAt: epochMillis(revokedAt) }),
  };
}

/**
 * From now on the device's uploads are kept and marked, no longer trusted: protocol 4. The time of
 * the first revocation stays. False when there is no such device.
 */
export async function revokeDevice(sql: Queries, id: string, at: EpochMillis): Promise<boolean> {
  const rows = await sql.query(
    'update devices set revoked_at = coalesce(revoked_at, $2) where id = $1 returning id',
    [id, at],
  );
  return rows.length > 0;
}

export interface ListedDevice {
  readonly id: string;
  readonly jwk: PublicJwk;
  readonly gate: Gate;
  readonly enrolledAt: EpochMillis;
  readonly revokedAt?: EpochMillis;
  /** The hub's signed word on it, a `kakou-device+jws`; none before the first start that signs them. */
  readonly record?: string;
}

/** Every device, in the order of enrolment. */
export async function listDevices(sql: Queries): Promise<ListedDevice[]> {
  const rows = await sql.query<{
    id: string;
    jwk: string;
    gate: string;
    enrolled_at: number;
    revoked_at: number | null;
    record: string | null;
  }>('select id, jwk, gate, enrolled_at, revoked_at, record from devices order by enrolled_at, id');
  return rows.map((row) => ({
    id: row.id,
    jwk: v.parse(publicJwk, JSON.parse(row.jwk)),
    gate: v.parse(gate, JSON.parse(row.gate)),
    enrolledAt: epochMillis(row.enrolled_at),
    ...(row.revoked_at !== null && { revokedAt: epochMillis(row.revoked_at) }),
    ...(row.record !== null && { record: row.record }),
  }));
}

/** Milliseconds after its code's end for which a PIN's hash is kept: an answer lost is given again. */
const pinKeptMs = 3_600_000;

export interface NewCode {
  readonly sha256: string;
  readonly gate: Gate;
  readonly expiresAt: EpochMillis;
  /** For the supervisors of the gate. */
  readonly pin?: PinHash;
  /** The device in whose place the one is enrolled that uses it. */
  readonly replaces?: string;
}

/** Keeps a one-use enrolment code, only as its hash, and lets the PINs of codes long over go. */
export async function addCode(sql: Queries, code: NewCode, now: EpochMillis): Promise<void> {
  await forgetPins(sql, now);
  await keepGate(sql, code.gate, now);
  await sql.query(
    `insert into enrol_codes (code_sha256, gate, expires_at, pin, replaces)
     values ($1, $2, $3, $4, $5)`,
    [
      code.sha256,
      JSON.stringify(code.gate),
      code.expiresAt,
      code.pin ? JSON.stringify(code.pin) : null,
      code.replaces ?? null,
    ],
  );
}

const forgetPins = (sql: Queries, now: EpochMillis) =>
  sql.query('update enrol_codes set pin = null where pin is not null and expires_at < $1', [
    now - pinKeptMs,
  ]);

/** The PIN that goes with a code; the phone has used it, or is about to be told that it may not. */
async function pinOf(sql: Queries, codeSha256: string): Promise<PinHash | undefined> {
  const [row] = await sql.query<{ pin: string | null }>(
    'select pin from enrol_codes where code_sha256 = $1',
    [codeSha256],
  );
  return typeof row?.pin === 'string' ? readPinHash(JSON.parse(row.pin)) : undefined;
}

/** Which of these codes have been used, and by which key; none by one that stood at the gate before. */
export async function codeUses(
  sql: Queries,
  sha256: readonly string[],
): Promise<{ readonly sha256: string; readonly jwk?: PublicJwk }[]> {
  const rows = await sql.query<{ code_sha256: string; jwk: string | null }>(
    `select code_sha256, jwk from enrol_codes
     left join devices on devices.gate = enrol_codes.gate and enrolled_at = used_at
     where code_sha256 = any($1::text[]) and used_at is not null`,
    [sha256],
  );
  return rows.map((row) => ({
    sha256: row.code_sha256,
    ...(row.jwk !== null && { jwk: v.parse(publicJwk, JSON.parse(row.jwk)) }),
  }));
}

export interface Enrolling {
  readonly codeSha256: string;
  readonly device: string;
  readonly jwk: PublicJwk;
  readonly now: EpochMillis;
  /** Signs what the hub says of the new device. */
  readonly sign: SignDevice;
}
export type CodeProblem = 'code-unknown' | 'code-used' | 'code-expired';

/** A device and where it stands; `again` when it had been enrolled by the same code before. */
export interface Enrolled {
  readonly device: string;
  readonly gate: Gate;
  readonly again: boolean;
  /** Of the gate's supervisors, where the operator gave one with the code. */
  readonly pin?: PinHash;
}

/**
 * Uses the code up and adds the device, both or neither; of two at once only one gets it. A key that
 * stands at the code's gate already gets the same answer again, by that code or a fresh one: the
 * first may have been lost on its way, and a phone makes a new key only once an answer came.
 */
export function enrolDevice(sql: Sql, enrolling: Enrolling): Promise<Enrolled | CodeProblem> {
  const { codeSha256, device, jwk, now, sign } = enrolling;
  return sql.transaction(async (tx) => {
    const [used] = await tx.query<{ gate: string; replaces: string | null }>(
      `update enrol_codes set used_at = $2
       where code_sha256 = $1 and used_at is null and expires_at > $2 returning gate, replaces`,
      [codeSha256, now],
    );
    await forgetPins(tx, now);
    const pin = await pinOf(tx, codeSha256);
    const known = await standingThere(tx, codeSha256, jwk);
    if (known) await nameUser(tx, codeSha256, known.device);
    if (known) return { ...known, ...(pin && { pin }) };
    if (!used) return whyNot(tx, codeSha256);
    const place = v.parse(gate, JSON.parse(used.gate));
    const fresh = { id: device, jwk, gate: place, enrolledAt: now };
    const record = await describeDevice(fresh, { unsigned: 0, forgotten: emptyHead }, now);
    await tx.query(
      `insert into devices (id, jwk, gate, gate_id, enrolled_at, record, replaces)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [device, JSON.stringify(jwk), used.gate, place.id, now, await sign(record), used.replaces],
    );
    await nameUser(tx, codeSha256, device);
    return { device, gate: place, again: false, ...(pin && { pin }) };
  });
}

const nameUser = (tx: Queries, codeSha256: string, device: string) =>
  tx.query('update enrol_codes set device = $2 where code_sha256 = $1', [codeSha256, device]);

/** The device that this key has at the gate of this code, which is used: by now, or before. */
async function standingThere(
  tx: Queries,
  codeSha256: string,
  jwk: PublicJwk,
): Promise<Enrolled | undefined> {
  const [row] = await tx.query<{ id: string; gate: string }>(
    `select devices.id, devices.gate from enrol_codes
     join devices on devices.gate = enrol_codes.gate
     where code_sha256 = $1 and used_at is not null and jwk = $2 and revoked_at is null
     order by enrolled_at limit 1`,
    [codeSha256, JSON.stringify(jwk)],
  );
  return row && { device: row.id, gate: v.parse(gate, JSON.parse(row.gate)), again: true };
}

async function whyNot(tx: Queries, codeSha256: string): Promise<CodeProblem> {
  const [code] = await tx.query<{ used_at: number | null }>(
    'select used_at from enrol_codes where code_sha256 = $1',
    [codeSha256],
  );
  if (!code) return 'code-unknown';
  return code.used_at === null ? 'code-expired' : 'code-used';
}
