import * as v from 'valibot';
import { permissionsOf } from '../../core/console/roles.ts';
import { whereOf } from '../../node/http/where.ts';
import { bodyProblem, problem, tooMany } from '../http/problem.ts';
import { findOperator, type Operator } from '../operators/accounts.ts';
import { recordAct } from '../operators/act-log.ts';
import { checkSignIn, signInOptions } from '../operators/passkeys.ts';
import { endSessions } from '../operators/sessions.ts';
import { enter, signIn } from '../operators/sign-in.ts';
import {
  type Asked,
  type AskedBy,
  actorOf,
  answer,
  closed,
  doorOf,
  open,
  readJson,
} from './asked.ts';
import { dropSession, keepSession } from './cookie.ts';
import { passkeySite } from './where.ts';

const typed = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  totp: v.exactOptional(v.pipe(v.string(), v.maxLength(12))),
});

/** What a page may know of whoever is signed in. */
export const selfOf = (operator: Operator) => ({
  ...operator,
  permissions: permissionsOf(operator.role),
});

const here = ({ context, hub }: Asked) => whereOf(context, hub.trustProxy ?? false);

/** What can be done before anybody is signed in. */
async function ways(asked: Asked): Promise<Response> {
  const { context, hub } = asked;
  return answer(context, {
    passkeys: passkeySite(here(asked)) !== undefined,
    demo: hub.authority.demo,
    issuing: hub.issuing !== undefined,
  });
}

async function byPassword(asked: Asked): Promise<Response> {
  const { context } = asked;
  const body = await readJson(asked, typed);
  if (!body.ok) return bodyProblem(context, body.error);
  const came = await signIn(doorOf(asked), {
    name: body.value.name.trim(),
    password: body.value.password,
    ...(body.value.totp !== undefined && { totp: body.value.totp.replace(/\s/g, '') }),
  });
  if (typeof came === 'string') return problem(context, came);
  if ('waitS' in came) return tooMany(context, came.waitS);
  keepSession(context, here(asked), came.token);
  return answer(context, selfOf(came.operator), 201);
}

async function passkeyOptions(asked: Asked): Promise<Response> {
  const { context, hub, now } = asked;
  const site = passkeySite(here(asked));
  if (!site) return problem(context, 'bad-passkey');
  return answer(context, await signInOptions(hub.sql, site, now, hub.random));
}

async function byPasskey(asked: Asked): Promise<Response> {
  const { context, hub, now } = asked;
  const body = await readJson(
    asked,
    v.strictObject({ passkey: v.record(v.string(), v.unknown()) }),
  );
  if (!body.ok) return bodyProblem(context, body.error);
  const site = passkeySite(here(asked));
  const id = site && (await checkSignIn(hub.sql, site, body.value.passkey, now));
  const operator = id === undefined ? undefined : await findOperator(hub.sql, id);
  if (!operator || operator.disabledAt !== undefined) return problem(context, 'sign-in-failed');
  keepSession(context, here(asked), await enter(doorOf(asked), operator, 'passkey'));
  return answer(context, selfOf(operator), 201);
}

async function signOut(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator, session } = asked;
  await hub.sql.transaction(async (tx) => {
    await endSessions(tx, { operator: operator.id, id: session.id }, now);
    await recordAct(tx, { at: now, by: actorOf(asked), act: 'signed-out' });
  });
  dropSession(context, here(asked));
  return answer(context, {});
}

/** Signing in and out: by password and code, or by a passkey. */
export const sessionRows = [
  open('GET', '/ways-in', ways),
  open('POST', '/session', byPassword),
  open('POST', '/session/passkey-options', passkeyOptions),
  open('POST', '/session/passkey', byPasskey),
  closed('GET', '/session', 'a-session', async ({ context, operator, session }) =>
    answer(context, { ...selfOf(operator), session: session.id }),
  ),
  closed('DELETE', '/session', 'a-session', signOut),
];
