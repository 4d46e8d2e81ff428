import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { fromBase64url, toBase64url } from '../../core/base64url.ts';
import { utf8 } from '../../core/bytes.ts';
import { type Bytes, type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

const challengeLifeMs = 5 * 60_000;

/** Where the page is: `rp` its host name, `origin` as the browser says it (WebAuthn section 5.1.2). */
export interface Site {
  readonly rp: string;
  readonly origin: string;
}

export interface Passkey {
  readonly id: string;
  readonly label: string;
  readonly createdAt: EpochMillis;
  readonly usedAt?: EpochMillis;
}

/** Whose passkey is asked for: of an account, or of an invitation that becomes one. */
type Purpose = `add ${string}` | 'sign-in';

async function newChallenge(
  sql: Queries,
  purpose: Purpose,
  now: EpochMillis,
  random: (length: number) => Bytes,
): Promise<Bytes> {
  const challenge = random(32);
  await sql.query('delete from operator_challenges where expires_at <= $1', [now]);
  await sql.query('insert into operator_challenges values ($1, $2, $3)', [
    ...[toBase64url(challenge), purpose, now + challengeLifeMs],
  ]);
  return challenge;
}

/** Good once: true for the first who brings it in time. */
async function takeChallenge(
  sql: Queries,
  challenge: string,
  purpose: Purpose,
  now: EpochMillis,
): Promise<boolean> {
  const rows = await sql.query(
    `delete from operator_challenges
     where challenge = $1 and purpose = $2 and expires_at > $3 returning challenge`,
    [challenge, purpose, now],
  );
  return rows.length > 0;
}

/** What the browser is told to make; `user` is the account's id, which the authenticator keeps. */
export async function addOptions(
  sql: Queries,
  { rp }: Site,
  user: { readonly id: string; readonly name: string },
  now: EpochMillis,
  random: (length: number) => Bytes,
) {
  const known = await sql.query<{ id: string }>(
    'select id from operator_passkeys where operator = $1 and rp = $2',
    [user.id, rp],
  );
  return generateRegistrationOptions({
    ...{ rpName: 'Kakou', rpID: rp, userName: user.name, userID: utf8(user.id) },
    challenge: await newChallenge(sql, `add ${user.id}`, now, random),
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** What an authenticator made, checked, ready to be kept; undefined when anything is wrong with it. */
export async function checkNew(
  sql: Queries,
  { rp, origin }: Site,
  user: string,
  response: unknown,
  now: EpochMillis,
): Promise<NewPasskey | undefined> {
  try {
    const verified = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: (challenge) => takeChallenge(sql, challenge, `add ${user}`, now),
      ...{ expectedOrigin: origin, expectedRPID: rp, requireUserVerification: true },
    });
    if (!verified.verified) return undefined;
    const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
    return { id, rp, publicKey: toBase64url(publicKey), counter, transports };
  } catch {
    return undefined; // of whatever shape it was: nothing in it is ours
  }
}

export interface NewPasskey {
  readonly id: string;
  readonly rp: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** False when this passkey is known already. */
export async function keepPasskey(
  tx: Queries,
  operator: string,
  { id, rp, publicKey, counter, transports }: NewPasskey,
  label: string,
  now: EpochMillis,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into operator_passkeys (id, operator, rp, public_key, counter, transports, label, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
    [id, operator, rp, publicKey, counter, JSON.stringify(transports), label, now],
  );
  return rows.length > 0;
}

export async function listPasskeys(sql: Queries, operator: string): Promise<Passkey[]> {
  const rows = await sql.query<{
    id: string;
    label: string;
    created_at: number;
    used_at: number | null;
  }>(
    `select id, label, created_at, used_at from operator_passkeys where operator = $1
     order by created_at`,
    [operator],
  );
  return rows.map(({ id, label, created_at, used_at }) => ({
    ...{ id, label, createdAt: epochMillis(created_at) },
    ...(used_at !== null && { usedAt: epochMillis(used_at) }),
  }));
}

export async function removePasskey(tx: Queries, operator: string, id: string): Promise<boolean> {
  const rows = await tx.query(
    'delete from operator_passkeys where operator = $1 and id = $2 returning id',
    [operator, id],
  );
  return rows.length > 0;
}

/** Names no account: the authenticator knows whose passkeys it has for this host. */
export const signInOptions = async (
  sql: Queries,
  { rp }: Site,
  now: EpochMillis,
  random: (length: number) => Bytes,
) =>
  generateAuthenticationOptions({
    rpID: rp,
    challenge: await newChallenge(sql, 'sign-in', now, random),
    userVerification: 'required',
  });

/** The id of the account whose passkey signed, once; undefined when anything is wrong with it. */
export async function checkSignIn(
  sql: Queries,
  { rp, origin }: Site,
  response: unknown,
  now: EpochMillis,
): Promise<string | undefined> {
  const { id } = (response ?? {}) as { readonly id?: unknown };
  if (typeof id !== 'string' || !/^[\w-]{1,1400}$/.test(id)) return undefined;
  const [row] = await sql.query<{ operator: string; public_key: string; counter: number }>(
    'select operator, public_key, counter from operator_passkeys where id = $1 and rp = $2',
    [id, rp],
  );
  const publicKey = row && fromBase64url(row.public_key);
  if (!publicKey) return undefined;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => takeChallenge(sql, challenge, 'sign-in', now),
      ...{ expectedOrigin: origin, expectedRPID: rp, requireUserVerification: true },
      credential: { id, publicKey, counter: row.counter },
    });
    if (!verified) return undefined;
    await sql.query('update operator_passkeys set counter = $2, used_at = $3 where id = $1', [
      ...[id, authenticationInfo.newCounter, now],
    ]);
    return row.operator;
  } catch {
    return undefined;
  }
}
