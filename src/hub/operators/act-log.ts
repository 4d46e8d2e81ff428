import type { EpochMillis } from '../../core/units.ts';
import type { Queries, Sql } from '../../node/database.ts';
import { type ActFacts, type Actor, recordAct as record } from '../../node/store/act-log.ts';

/** Everything an operator can do that changes something, or that takes records out. */
export const acts = [
  'operator-invited',
  'operator-joined',
  'operator-changed',
  'operator-disabled',
  'operator-enabled',
  'operator-reset',
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'session-ended',
  'password-changed',
  'totp-on',
  'totp-off',
  'passkey-added',
  'passkey-removed',
  'site-changed',
  'site-removed',
  'gate-added',
  'gate-changed',
  'gate-closed',
  'gate-settings-changed',
  'gates-imported',
  'code-made',
  'device-confirmed',
  'device-revoked',
  'device-replaced',
  'quarantine-dropped',
  'pin-reset-made',
  'forgotten',
  'exported',
  'demo-data-made',
  'desk-entered',
] as const;
export type Act = (typeof acts)[number];

interface OperatorAct {
  readonly at: EpochMillis;
  readonly by: Actor;
  readonly act: Act;
  readonly facts?: ActFacts;
}

/** Writes the act in the transaction of what it does: neither without the other. */
export const recordAct = (tx: Queries, act: OperatorAct): Promise<void> => record(tx, act);

/** One act by itself. */
export const recordActAlone = (sql: Sql, act: OperatorAct): Promise<void> =>
  sql.transaction((tx) => record(tx, act));
