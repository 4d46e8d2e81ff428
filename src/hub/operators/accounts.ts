import { type Areas, readAreas } from '../../core/console/areas.ts';
import { type Role, roles } from '../../core/console/roles.ts';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** An account of the console. */
export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly areas: Areas;
  readonly createdAt: EpochMillis;
  readonly disabledAt?: EpochMillis;
  readonly hasPassword: boolean;
  readonly hasTotp: boolean;
  readonly passkeys: number;
  /** Counted up at every change: two who edit at once find out. */
  readonly version: number;
}

/** The hashes and secrets of an account; they never leave the store but to be compared. */
export interface Proofs {
  readonly password: string | null;
  readonly totp: string | null;
  readonly totpStep: number;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly areas: string;
  readonly password: string | null;
  readonly totp: string | null;
  readonly totp_step: number;
  readonly created_at: number;
  readonly disabled_at: number | null;
  readonly version: number;
  readonly passkeys: number;
}

const columns = `id, name, role, areas, password, totp, totp_step, created_at, disabled_at, version,
  (select count(*) from operator_passkeys where operator = operators.id)::int as passkeys`;

/** A role of a later version is none that may do anything here. */
function read(row: Row): Operator | undefined {
  const role = roles.find((one) => one === row.role);
  if (!role) return undefined;
  return {
    ...{ id: row.id, name: row.name, role, areas: readAreas(JSON.parse(row.areas)) },
    createdAt: epochMillis(row.created_at),
    ...(row.disabled_at !== null && { disabledAt: epochMillis(row.disabled_at) }),
    hasPassword: row.password !== null,
    hasTotp: row.totp !== null,
    ...{ passkeys: row.passkeys, version: row.version },
  };
}

export async function listOperators(sql: Queries): Promise<Operator[]> {
  const rows = await sql.query<Row>(`select ${columns} from operators order by lower(name)`);
  return rows.flatMap((row) => read(row) ?? []);
}

export async function findOperator(sql: Queries, id: string): Promise<Operator | undefined> {
  const [row] = await sql.query<Row>(`select ${columns} from operators where id = $1`, [id]);
  return row && read(row);
}

/** By the name typed, whatever its case, with what proves it. */
export async function findByName(
  sql: Queries,
  name: string,
): Promise<{ readonly operator: Operator; readonly proofs: Proofs } | undefined> {
  const [row] = await sql.query<Row>(
    `select ${columns} from operators where lower(name) = lower($1)`,
    [name],
  );
  const operator = row && read(row);
  if (!operator) return undefined;
  return { operator, proofs: { password: row.password, totp: row.totp, totpStep: row.totp_step } };
}

export async function proofsOf(sql: Queries, id: string): Promise<Proofs | undefined> {
  const [row] = await sql.query<Row>(`select ${columns} from operators where id = $1`, [id]);
  return row && { password: row.password, totp: row.totp, totpStep: row.totp_step };
}

export interface NewOperator {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly areas: Areas;
  readonly password: string | null;
  readonly at: EpochMillis;
}

/** False when the name is taken. */
export async function addOperator(tx: Queries, it: NewOperator): Promise<boolean> {
  const rows = await tx.query(
    `insert into operators (id, name, role, areas, password, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
    [it.id, it.name, it.role, JSON.stringify(it.areas), it.password, it.at],
  );
  return rows.length > 0;
}

/** Admins who can sign in: the last of them is neither disabled nor made something else. */
export async function countAdmins(tx: Queries, without: string): Promise<number> {
  // the rows are locked, so that two admins who disable each other at once do not both succeed
  const rows = await tx.query(
    `select id from operators where role = 'admin' and disabled_at is null for update`,
  );
  return (rows as { id: string }[]).filter(({ id }) => id !== without).length;
}

/** Undefined when somebody else has changed the account since `version`. */
export async function changeOperator(
  tx: Queries,
  id: string,
  version: number,
  { role, areas, disabledAt }: { role: Role; areas: Areas; disabledAt: EpochMillis | null },
): Promise<boolean> {
  const rows = await tx.query(
    `update operators set role = $3, areas = $4, disabled_at = $5, version = version + 1
     where id = $1 and version = $2 returning id`,
    [id, version, role, JSON.stringify(areas), disabledAt],
  );
  return rows.length > 0;
}

/** A new password ends what proved the account before: its second factor stays unless `totp` is null. */
export const setPassword = (tx: Queries, id: string, password: string) =>
  tx.query('update operators set password = $2 where id = $1', [id, password]);

export const setTotp = (tx: Queries, id: string, totp: string | null, step: number) =>
  tx.query('update operators set totp = $2, totp_step = $3 where id = $1', [id, totp, step]);

/** True for a step later than every one before: each code counts once, whoever asks at the same time. */
export async function takeTotpStep(tx: Queries, id: string, step: number): Promise<boolean> {
  const rows = await tx.query(
    'update operators set totp_step = $2 where id = $1 and totp_step < $2 returning id',
    [id, step],
  );
  return rows.length > 0;
}

/** All proofs of before: for an account whose owner lost them. */
export async function clearProofs(tx: Queries, id: string): Promise<void> {
  await tx.query('update operators set password = null, totp = null where id = $1', [id]);
  await tx.query('delete from operator_passkeys where operator = $1', [id]);
}

/** On or off; the time of the first switching off stays. */
export const setDisabled = (tx: Queries, id: string, at: EpochMillis | null) =>
  tx.query(
    `update operators set version = version + 1,
       disabled_at = case when $2::bigint is null then null else coalesce(disabled_at, $2) end
     where id = $1`,
    [id, at],
  );
