import * as v from 'valibot';
import type { Queries } from '../../node/database.ts';
import { whereOf } from '../../node/http/where.ts';
import type { ActFacts } from '../../node/store/act-log.ts';
import { bodyProblem, problem, tooMany } from '../http/problem.ts';
import { proofsOf, setPassword, setTotp } from '../operators/accounts.ts';
import { type Act, recordAct } from '../operators/act-log.ts';
import {
  addOptions,
  checkNew,
  keepPasskey,
  listPasskeys,
  removePasskey,
} from '../operators/passkeys.ts';
import { hashPassword, isPassword, passwordProblem, saltBytes } from '../operators/password.ts';
import { endSessions, listSessions } from '../operators/sessions.ts';
import { newTotpSecret, totpSecretBytes, totpStep, totpUri } from '../operators/totp.ts';
import { countTry, forgiveTries } from '../operators/tries.ts';
import { type AskedBy, actorOf, answer, closed, doorOf, readJson } from './asked.ts';
import { passkeyLabel } from './invitations.ts';
import { passkeySite } from './where.ts';

const secretText = v.pipe(v.string(), v.maxLength(1024));

const record = (tx: Queries, asked: AskedBy, act: Act, facts: ActFacts = {}) =>
  recordAct(tx, { at: asked.now, by: actorOf(asked), act, facts });

/** The account, its passkeys and where it is signed in. */
async function look({ context, hub, now, operator, session }: AskedBy): Promise<Response> {
  return answer(context, {
    ...operator,
    passkeys: await listPasskeys(hub.sql, operator.id),
    sessions: (await listSessions(hub.sql, operator.id, now)).map((one) => ({
      ...one,
      current: one.id === session.id,
    })),
  });
}

/** Asks for the password again before what proves the account changes: a screen left open is no owner. */
async function isOwner(asked: AskedBy, password: string | undefined): Promise<boolean | number> {
  const { hub, now, operator } = asked;
  if (!operator.hasPassword) return true;
  const whose = { account: operator.name, address: doorOf(asked).address };
  const waitS = await countTry(hub.sql, whose, now);
  if (waitS > 0) return waitS;
  const proofs = await proofsOf(hub.sql, operator.id);
  const isRight = await isPassword(password ?? '', proofs?.password, hub.passwordCost);
  if (isRight) await forgiveTries(hub.sql, whose, now);
  return isRight;
}

/** Does it once the owner has proved to be there. */
async function asOwner(
  asked: AskedBy,
  password: string | undefined,
  work: () => Promise<Response>,
): Promise<Response> {
  const owner = await isOwner(asked, password);
  if (typeof owner === 'number') return tooMany(asked.context, owner);
  return owner ? work() : problem(asked.context, 'sign-in-failed');
}

async function changePassword(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator, session } = asked;
  const body = await readJson(
    asked,
    v.strictObject({ old: v.exactOptional(secretText), password: secretText }),
  );
  if (!body.ok) return bodyProblem(context, body.error);
  const { old, password } = body.value;
  if (passwordProblem(password, operator.name)) return problem(context, 'weak-password');
  return asOwner(asked, old, async () => {
    const hash = await hashPassword(password, hub.random(saltBytes), hub.passwordCost);
    await hub.sql.transaction(async (tx) => {
      await setPassword(tx, operator.id, hash);
      await endSessions(tx, { operator: operator.id, except: session.id }, now);
      await record(tx, asked, 'password-changed');
    });
    return answer(context, {});
  });
}

/** A secret to try out; nothing is kept until a code of it comes back. */
async function totpOffer({ context, hub, operator }: AskedBy): Promise<Response> {
  const secret = newTotpSecret(hub.random(totpSecretBytes));
  return answer(context, { secret, uri: totpUri(secret, operator.name) });
}

const totpSecret = v.pipe(v.string(), v.regex(/^[A-Z2-7]{32}$/));

async function totpOn(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const shape = { secret: totpSecret, code: v.string(), password: v.exactOptional(secretText) };
  const body = await readJson(asked, v.strictObject(shape));
  if (!body.ok) return bodyProblem(context, body.error);
  const { secret, code, password } = body.value;
  const step = totpStep(secret, code.replace(/\s/g, ''), now);
  if (step === undefined) return problem(context, 'bad-code');
  return asOwner(asked, password, async () => {
    await hub.sql.transaction(async (tx) => {
      await setTotp(tx, operator.id, secret, step);
      await record(tx, asked, 'totp-on');
    });
    return answer(context, {});
  });
}

async function totpOff(asked: AskedBy): Promise<Response> {
  const { context, hub, operator } = asked;
  const body = await readJson(asked, v.strictObject({ password: v.exactOptional(secretText) }));
  if (!body.ok) return bodyProblem(context, body.error);
  return asOwner(asked, body.value.password, async () => {
    await hub.sql.transaction(async (tx) => {
      await setTotp(tx, operator.id, null, 0);
      await record(tx, asked, 'totp-off');
    });
    return answer(context, {});
  });
}

async function passkeyOptions(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const site = passkeySite(whereOf(context, hub.trustProxy ?? false));
  if (!site) return problem(context, 'bad-passkey');
  return answer(context, await addOptions(hub.sql, site, operator, now, hub.random));
}

async function passkeyAdd(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const shape = {
    passkey: v.record(v.string(), v.unknown()),
    label: passkeyLabel,
    password: v.exactOptional(secretText),
  };
  const body = await readJson(asked, v.strictObject(shape));
  if (!body.ok) return bodyProblem(context, body.error);
  const { passkey: response, label, password } = body.value;
  return asOwner(asked, password, async () => {
    const site = passkeySite(whereOf(context, hub.trustProxy ?? false));
    const passkey = site && (await checkNew(hub.sql, site, operator.id, response, now));
    if (!passkey) return problem(context, 'bad-passkey');
    const isKept = await hub.sql.transaction(async (tx) => {
      const kept = await keepPasskey(tx, operator.id, passkey, label, now);
      if (kept) await record(tx, asked, 'passkey-added', { label });
      return kept;
    });
    return isKept ? answer(context, {}, 201) : problem(context, 'bad-passkey');
  });
}

async function passkeyRemove(asked: AskedBy): Promise<Response> {
  const { context, hub, operator } = asked;
  const id = context.req.param('id') ?? '';
  if (!operator.hasPassword && operator.passkeys < 2) return problem(context, 'last-proof');
  const removed = await hub.sql.transaction(async (tx) => {
    const done = await removePasskey(tx, operator.id, id);
    if (done) await record(tx, asked, 'passkey-removed');
    return done;
  });
  return removed ? answer(context, {}) : problem(context, 'not-found');
}

async function endSession(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const id = context.req.param('id') ?? '';
  const ended = await hub.sql.transaction(async (tx) => {
    const count = await endSessions(tx, { operator: operator.id, id }, now);
    if (count > 0) await record(tx, asked, 'session-ended');
    return count;
  });
  return ended > 0 ? answer(context, {}) : problem(context, 'not-found');
}

/** What everybody may do with the account that is theirs. */
export const ownAccountRows = [
  closed('GET', '/me', 'a-session', look),
  closed('POST', '/me/password', 'a-session', changePassword),
  closed('POST', '/me/totp-offer', 'a-session', totpOffer),
  closed('POST', '/me/totp', 'a-session', totpOn),
  closed('POST', '/me/totp-off', 'a-session', totpOff),
  closed('POST', '/me/passkey-options', 'a-session', passkeyOptions),
  closed('POST', '/me/passkeys', 'a-session', passkeyAdd),
  closed('DELETE', '/me/passkeys/:id', 'a-session', passkeyRemove),
  closed('DELETE', '/me/sessions/:id', 'a-session', endSession),
];
