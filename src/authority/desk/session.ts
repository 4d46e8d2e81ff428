import type { DeskSelf } from '../../core/health/desk-answers.ts';
import { openDeskPass } from '../../core/health/desk-pass.ts';
import { deskPermissions } from '../../core/health/desk-roles.ts';
import type { IssuerEntry } from '../../core/trust/bundle.ts';
import { toSeconds } from '../../core/units.ts';
import { whereOf } from '../../node/http/where.ts';
import { recordAct } from '../../node/store/act-log.ts';
import { type AskedBy, actorOf, answer, type Row, readBodyText } from '../http/asked.ts';
import { dropCookie, keepCookie, readCookie } from '../http/cookies.ts';
import { problem } from '../http/problem.ts';
import {
  beginSession,
  endSessions,
  renewDesk,
  type Signed,
  vouchedUntil,
} from '../sign-in/sessions.ts';

const here = ({ context, service }: AskedBy) => whereOf(context, service.trustProxy);

/** Who it is and what they may do, and the words of the scheme that this desk is of. */
const selfOf = ({ service }: AskedBy, { name, role }: Pick<Signed, 'name' | 'role'>): DeskSelf => {
  const issuer = service.seat.issuer();
  const named = service.seat.published()?.bundle.districts ?? [];
  const districts = Object.fromEntries(named.map((one) => [one.code, one.name]));
  return {
    ...{ name, role },
    permissions: role === 'citizen' ? [] : deskPermissions(role),
    ...(issuer && { scheme: { ...schemeOf(issuer), districts } }),
  };
};

const schemeOf = ({ id, name, hotline, states, notices }: IssuerEntry) => ({
  ...{ id, name, states, notices },
  ...(hotline !== undefined && { hotline }),
});

/**
 * The hub's pass becomes a session of the desk, or renews the one of the same operator, once: the body is the pass
 * and nothing else. Without another one the session is over in a minute, so that an account which is switched off
 * at the hub, or may do something else by now, is here too.
 */
async function enter(asked: AskedBy): Promise<Response> {
  const { context, service, now } = asked;
  const text = await readBodyText(asked, 4096);
  if (!text.ok) return problem(context, text.error);
  const keys = service.seat.published()?.bundle.hub.receiptKeys ?? [];
  const at = toSeconds(now);
  const pass = await openDeskPass(text.value, { keys, aud: service.seat.id, now: at });
  if (!pass || deskPermissions(pass.role).length === 0) return problem(context, 'sign-in-failed');
  const { operator: whose, name, role } = pass;
  const mine = { whose, name, role };
  const brought = readCookie(context, 'desk', here(asked)) ?? '';
  const vouched = vouchedUntil(now, pass);
  const token = await service.sql.transaction(async (tx) => {
    const fresh = await tx.query(
      `insert into desk_passes (jti, expires_at) values ($1, $2) on conflict do nothing returning jti`,
      [pass.jti, pass.exp],
    );
    if (fresh.length === 0) return undefined;
    if (await renewDesk(tx, brought, mine, vouched, now)) return brought;
    await recordAct(tx, {
      at: now,
      by: { operator: whose, name },
      act: 'signed-in',
      facts: { role },
    });
    const agent = context.req.header('user-agent') ?? '';
    return beginSession(tx, { kind: 'desk', ...mine, agent, vouched }, service.random, now);
  });
  if (token === undefined) return problem(context, 'sign-in-failed');
  keepCookie(context, 'desk', here(asked), token);
  return answer(context, selfOf(asked, { name, role }), 201);
}

async function leave(asked: AskedBy): Promise<Response> {
  const { context, service, now, signed } = asked;
  await service.sql.transaction(async (tx) => {
    await endSessions(tx, signed.whose, signed.session, now);
    await recordAct(tx, { at: now, by: actorOf(signed), act: 'signed-out' });
  });
  dropCookie(context, 'desk', here(asked));
  return answer(context, {});
}

export const deskSessionRows: readonly Row[] = [
  { method: 'POST', path: '/desk/session', needs: 'nobody', handle: enter },
  {
    ...{ method: 'GET', path: '/desk/session', needs: 'desk' },
    handle: async (asked) => answer(asked.context, selfOf(asked, asked.signed)),
  },
  { method: 'DELETE', path: '/desk/session', needs: 'desk', handle: leave },
];
