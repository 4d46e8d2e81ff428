import type { Bytes, EpochMillis } from '../../core/units.ts';
import type { Sql } from '../../node/database.ts';
import { findByName, type Operator, takeTotpStep } from './accounts.ts';
import { recordAct, recordActAlone } from './act-log.ts';
import { isPassword } from './password.ts';
import { beginSession } from './sessions.ts';
import { totpStep } from './totp.ts';
import { countTry, forgiveTries, uncountTry } from './tries.ts';

/** What signing in works with. */
export interface Door {
  readonly sql: Sql;
  readonly now: EpochMillis;
  readonly random: (length: number) => Bytes;
  /** Counted, never kept as it is. */
  readonly address: string | undefined;
  /** How the browser names itself, for the list of sessions. */
  readonly agent: string;
  /** log2 of scrypt's N; default 17. */
  readonly passwordCost?: number | undefined;
}

export interface SignedIn {
  readonly token: string;
  readonly operator: Operator;
}
export type SignInProblem = 'sign-in-failed' | 'second-factor-needed' | { readonly waitS: number };

/**
 * By name, password and, where the account has one, a code of its second factor. A wrong account, a
 * wrong password, a disabled account and one that only has passkeys look the same and take the same.
 * Only who knows the password learns that a code is needed.
 */
export async function signIn(
  door: Door,
  typed: { readonly name: string; readonly password: string; readonly totp?: string },
): Promise<SignedIn | SignInProblem> {
  const { sql, now, address } = door;
  const whose = { account: typed.name, address };
  const waitS = await countTry(sql, whose, now);
  if (waitS > 0) return { waitS };
  const found = await findByName(sql, typed.name);
  const isRight = await isPassword(typed.password, found?.proofs.password, door.passwordCost);
  if (!found || !isRight || found.operator.disabledAt !== undefined)
    return refused(door, found?.operator);
  const { operator, proofs } = found;
  if (proofs.totp !== null) {
    // asking for the code is no wrong try, nor does it forgive codes that were guessed before
    if (typed.totp === undefined) {
      await uncountTry(sql, whose);
      return 'second-factor-needed';
    }
    const step = totpStep(proofs.totp, typed.totp, now);
    const isFresh = step !== undefined && (await takeTotpStep(sql, operator.id, step));
    if (!isFresh) return refused(door, operator);
  }
  await forgiveTries(sql, whose, now);
  return { token: await enter(door, operator, 'password'), operator };
}

async function refused(
  { sql, now }: Door,
  operator: Operator | undefined,
): Promise<'sign-in-failed'> {
  // of names that are no account's nothing is kept: somebody may have typed a password there
  if (operator) {
    const by = { operator: operator.id, name: operator.name };
    await recordActAlone(sql, { at: now, by: 'nobody', act: 'sign-in-refused', facts: { ...by } });
  }
  return 'sign-in-failed';
}

/** Begins a session and writes the act, both or neither. */
export const enter = (
  { sql, now, random, agent }: Door,
  { id, name }: Pick<Operator, 'id' | 'name'>,
  how: 'password' | 'passkey' | 'invitation' | 'demo',
): Promise<string> =>
  sql.transaction(async (tx) => {
    const token = await beginSession(tx, { operator: id, agent, now }, random);
    await recordAct(tx, { at: now, by: { operator: id, name }, act: 'signed-in', facts: { how } });
    return token;
  });
