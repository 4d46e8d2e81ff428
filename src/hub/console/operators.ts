import * as v from 'valibot';
import { type Areas, isArea } from '../../core/console/areas.ts';
import { roles } from '../../core/console/roles.ts';
import { listActs } from '../../node/store/act-log.ts';
import { bodyProblem, type ProblemCode, problem } from '../http/problem.ts';
import { changeOperator, countAdmins, findOperator, listOperators } from '../operators/accounts.ts';
import { recordAct } from '../operators/act-log.ts';
import { openInvitations } from '../operators/invitations.ts';
import { invite, isOperatorName, resetByLink } from '../operators/invite.ts';
import { endSessions } from '../operators/sessions.ts';
import { type AskedBy, actorOf, answer, closed, readJson } from './asked.ts';

const areas = v.union([
  v.literal('all'),
  v.pipe(v.array(v.pipe(v.string(), v.check(isArea))), v.minLength(1), v.maxLength(200)),
]);
const role = v.picklist(roles);

const inviting = ({ hub, now }: AskedBy, by: ReturnType<typeof actorOf>) => ({
  ...{ sql: hub.sql, now, random: hub.random, by },
});

async function list({ context, hub, now }: AskedBy): Promise<Response> {
  return answer(context, {
    operators: await listOperators(hub.sql),
    invitations: await openInvitations(hub.sql, now),
  });
}

/** The token is answered once; the page makes the link of it, for it knows its own address. */
async function add(asked: AskedBy): Promise<Response> {
  const { context } = asked;
  const name = v.pipe(v.string(), v.trim(), v.check(isOperatorName));
  const body = await readJson(asked, v.strictObject({ name, role, areas }));
  if (!body.ok) return bodyProblem(context, body.error);
  const it = { ...body.value, areas: body.value.areas as Areas };
  const invited = await invite(inviting(asked, actorOf(asked)), it);
  return typeof invited === 'string' ? problem(context, invited) : answer(context, invited, 201);
}

async function reset(asked: AskedBy): Promise<Response> {
  const { context, hub } = asked;
  const operator = await findOperator(hub.sql, context.req.param('id') ?? '');
  if (!operator) return problem(context, 'not-found');
  const invited = await resetByLink(inviting(asked, actorOf(asked)), operator.name);
  return typeof invited === 'string'
    ? problem(context, 'not-found')
    : answer(context, invited, 201);
}

const changed = v.strictObject({
  version: v.pipe(v.number(), v.safeInteger()),
  role,
  areas,
  disabled: v.boolean(),
});

/** Role, areas, and whether it can be used at all; what it loses it loses at once. */
async function change(asked: AskedBy): Promise<Response> {
  const { context, hub } = asked;
  const id = context.req.param('id') ?? '';
  const body = await readJson(asked, changed);
  if (!body.ok) return bodyProblem(context, body.error);
  const came = await hub.sql.transaction((tx) => keepChange(tx, asked, id, body.value));
  if (came) return problem(context, came);
  const operator = await findOperator(hub.sql, id);
  return operator ? answer(context, operator) : problem(context, 'not-found');
}

async function keepChange(
  tx: Parameters<typeof changeOperator>[0],
  asked: AskedBy,
  id: string,
  to: v.InferOutput<typeof changed>,
): Promise<ProblemCode | undefined> {
  const { now } = asked;
  const before = await findOperator(tx, id);
  if (!before) return 'not-found';
  const isLess = to.role !== 'admin' || to.disabled;
  if (isLess && before.role === 'admin' && (await countAdmins(tx, id)) === 0) return 'last-admin';
  const it = {
    role: to.role,
    areas: to.areas as Areas,
    disabledAt: to.disabled ? (before.disabledAt ?? now) : null,
  };
  if (!(await changeOperator(tx, id, to.version, it))) return 'changed-meanwhile';
  if (to.disabled) await endSessions(tx, { operator: id }, now);
  const wasDisabled = before.disabledAt !== undefined;
  const act =
    to.disabled === wasDisabled
      ? 'operator-changed'
      : to.disabled
        ? 'operator-disabled'
        : 'operator-enabled';
  const facts = { operator: id, name: before.name, role: it.role, areas: it.areas };
  await recordAct(tx, { at: now, by: actorOf(asked), act, facts });
  return undefined;
}

async function acts({ context, hub }: AskedBy): Promise<Response> {
  const before = context.req.query('before');
  if (before !== undefined && !/^\d{1,15}$/.test(before)) return problem(context, 'bad-shape');
  const operator = context.req.query('operator');
  const act = context.req.query('act');
  const acts = await listActs(hub.sql, {
    limit: 100,
    ...(before !== undefined && { before: Number(before) }),
    ...(operator !== undefined && { operator }),
    ...(act !== undefined && { act }),
  });
  return answer(context, { acts });
}

/** Accounts and what was done with them. */
export const operatorRows = [
  closed('GET', '/operators', 'operators:manage', list),
  closed('POST', '/operators', 'operators:manage', add),
  closed('PUT', '/operators/:id', 'operators:manage', change),
  closed('POST', '/operators/:id/reset', 'operators:manage', reset),
  closed('GET', '/acts', 'acts:read', acts),
];
