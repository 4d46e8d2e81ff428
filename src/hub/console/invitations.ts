import * as v from 'valibot';
import { toBase64url } from '../../core/base64url.ts';
import { isClaimText } from '../../core/pass/claim-text.ts';
import { whereOf } from '../../node/http/where.ts';
import { bodyProblem, problem } from '../http/problem.ts';
import { findOperator } from '../operators/accounts.ts';
import { findInvitation, isInvitationToken } from '../operators/invitations.ts';
import { join, type Proof } from '../operators/join.ts';
import { addOptions, checkNew } from '../operators/passkeys.ts';
import { hashPassword, passwordProblem, saltBytes } from '../operators/password.ts';
import { enter } from '../operators/sign-in.ts';
import { type Asked, answer, doorOf, open, readJson } from './asked.ts';
import { keepSession } from './cookie.ts';
import { selfOf } from './session.ts';
import { passkeySite } from './where.ts';

const token = v.pipe(v.string(), v.check(isInvitationToken));
/** How a passkey is told from others: the device, most likely. */
export const passkeyLabel = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => text.length <= 60 && isClaimText(text, 180)),
);

const here = ({ context, hub }: Asked) => whereOf(context, hub.trustProxy ?? false);

/** `{token}` → whose account it becomes. By POST, so that the token stands in no URL. */
async function look(asked: Asked): Promise<Response> {
  const { context, hub, now } = asked;
  const body = await readJson(asked, v.strictObject({ token }));
  if (!body.ok) return bodyProblem(context, body.error);
  const invitation = await findInvitation(hub.sql, body.value.token, now);
  if (typeof invitation === 'string') return problem(context, invitation);
  return answer(context, { ...invitation, passkeys: passkeySite(here(asked)) !== undefined });
}

async function passkeyOptions(asked: Asked): Promise<Response> {
  const { context, hub, now } = asked;
  const body = await readJson(asked, v.strictObject({ token }));
  if (!body.ok) return bodyProblem(context, body.error);
  const invitation = await findInvitation(hub.sql, body.value.token, now);
  if (typeof invitation === 'string') return problem(context, invitation);
  const site = passkeySite(here(asked));
  if (!site) return problem(context, 'bad-passkey');
  const user = { id: invitation.operator ?? toBase64url(hub.random(16)), name: invitation.name };
  const options = await addOptions(hub.sql, site, user, now, hub.random);
  return answer(context, { operator: user.id, options });
}

const taking = v.union([
  v.strictObject({ token, password: v.pipe(v.string(), v.maxLength(1024)) }),
  v.strictObject({
    token,
    operator: v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
    passkey: v.record(v.string(), v.unknown()),
    label: passkeyLabel,
  }),
]);

async function take(asked: Asked): Promise<Response> {
  const { context, hub, now } = asked;
  const body = await readJson(asked, taking);
  if (!body.ok) return bodyProblem(context, body.error);
  const invitation = await findInvitation(hub.sql, body.value.token, now);
  if (typeof invitation === 'string') return problem(context, invitation);
  const proof = await proofOf(asked, body.value, invitation.name);
  if (typeof proof === 'string') return problem(context, proof);
  const joined = await join(doorOf(asked), body.value.token, proof);
  if (typeof joined === 'string') return problem(context, joined);
  keepSession(context, here(asked), await enter(doorOf(asked), joined, 'invitation'));
  const operator = await findOperator(hub.sql, joined.id);
  return operator ? answer(context, selfOf(operator), 201) : problem(context, 'internal');
}

async function proofOf(
  asked: Asked,
  given: v.InferOutput<typeof taking>,
  name: string,
): Promise<Proof | 'weak-password' | 'bad-passkey'> {
  const { hub, now } = asked;
  if ('password' in given) {
    if (passwordProblem(given.password, name)) return 'weak-password';
    return {
      password: await hashPassword(given.password, hub.random(saltBytes), hub.passwordCost),
    };
  }
  const { operator, passkey: response, label } = given;
  const site = passkeySite(here(asked));
  const passkey = site && (await checkNew(hub.sql, site, operator, response, now));
  return passkey ? { passkey, label, operator } : 'bad-passkey';
}

/** An invitation becomes an account: with a password, or with a passkey. */
export const invitationRows = [
  open('POST', '/invitation', look),
  open('POST', '/invitation/passkey-options', passkeyOptions),
  open('POST', '/invitation/take', take),
];
