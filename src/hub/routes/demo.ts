import { type Context, Hono } from 'hono';
import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import { epochMillis, toSeconds } from '../../core/units.ts';
import { isOurPage, whereOf } from '../../node/http/where.ts';
import { answer } from '../console/asked.ts';
import { keepSession } from '../console/cookie.ts';
import { selfOf } from '../console/session.ts';
import { codeBytes, codeLifeMs } from '../enrolment.ts';
import { problem } from '../http/problem.ts';
import type { Hub } from '../hub.ts';
import { addOperator, findByName } from '../operators/accounts.ts';
import { enter } from '../operators/sign-in.ts';
import { addCode, type Gate } from '../store/devices.ts';

/** Where anybody may enrol at a demo hub. */
export const demoGate: Gate = {
  id: 'demo-gate',
  name: 'Kakou 演示卡口',
  venue: 'residential',
  region: 'CN-TJ',
};

/**
 * Demo only, free for anybody to take: `POST /enrolment-code` → `{code, exp, gate}`, and
 * `POST /console-session`, a session of the console as an admin called demo.
 */
export function demoEnrolmentRoutes(hub: Hub): Hono {
  const { sql, clock, random } = hub;
  const routes = new Hono().post('/console-session', (context) => demoSession(hub, context));
  return routes.post('/enrolment-code', async (context) => {
    const code = toBase64url(random(codeBytes));
    const now = clock.wall();
    const expiresAt = epochMillis(now + codeLifeMs);
    await addCode(sql, { sha256: await sha256Hex(code), gate: demoGate, expiresAt }, now);
    const answer = { code, exp: toSeconds(expiresAt), gate: demoGate };
    return context.json(answer, 201, { 'cache-control': 'no-store' });
  });
}

/** No one signs in to this account otherwise: it has no password and no passkey. */
async function demoSession(hub: Hub, context: Context): Promise<Response> {
  const { sql, clock, random, trustProxy = false } = hub;
  const where = whereOf(context, trustProxy);
  if (!where.https && !where.local) return problem(context, 'not-secure');
  if (!isOurPage(context, where)) return problem(context, 'cross-site');
  const now = clock.wall();
  const name = 'demo';
  const fresh = { id: toBase64url(random(16)), name, role: 'admin', areas: 'all' } as const;
  await addOperator(sql, { ...fresh, password: null, at: now });
  const operator = (await findByName(sql, name))?.operator;
  if (!operator || operator.disabledAt !== undefined) return problem(context, 'not-allowed');
  const door = {
    sql,
    now,
    random,
    address: undefined,
    agent: context.req.header('user-agent') ?? '',
  };
  keepSession(context, where, await enter(door, operator, 'demo'));
  return answer(context, selfOf(operator), 201);
}
