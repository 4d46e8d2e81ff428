import { readDocument } from '../../core/health/documents.ts';
import { shanghaiDay } from '../../core/health/shanghai.ts';
import { isClaimText } from '../../core/pass/claim-text.ts';
import { addressOf } from '../../node/http/address.ts';
import { whereOf } from '../../node/http/where.ts';
import { type AskedBy, answer, type Row } from '../http/asked.ts';
import { dropCookie, keepCookie, readCookie } from '../http/cookies.ts';
import { problem, tooMany } from '../http/problem.ts';
import { beginFlow, takeFlow } from '../sign-in/flows.ts';
import type { Claimed } from '../sign-in/identity-provider.ts';
import { beginSession, endSessions } from '../sign-in/sessions.ts';
import { recompute } from '../standing/recompute.ts';
import { countOne } from '../store/counted.ts';
import { type Identity, takePerson } from '../store/persons.ts';

const here = ({ context, service }: AskedBy) => whereOf(context, service.trustProxy);

/** The browser goes to the provider, with what it must bring back. */
async function go(asked: AskedBy): Promise<Response> {
  const { context, service, now } = asked;
  const { sql, provider, random, trustProxy } = service;
  if (!provider) return problem(context, 'sign-in-failed');
  const waitS = await countOne(sql, 'sign-ins', addressOf(context, trustProxy) ?? '', now);
  if (waitS > 0) return tooMany(context, waitS);
  const { token, flow } = await beginFlow(sql, random, now);
  context.header('cache-control', 'no-store');
  const there = await provider.begin(flow, here(asked).origin).catch(() => undefined);
  if (there === undefined) return context.redirect(`${service.home}#sign-in-unavailable`, 303);
  keepCookie(context, 'sign-in', here(asked), token);
  return context.redirect(there, 303);
}

/**
 * It comes back: only to the browser that went, once. What is not good ends at the citizen's page with
 * `#sign-in-failed`, whatever it was.
 */
async function back(asked: AskedBy): Promise<Response> {
  const { context, service, now } = asked;
  const { sql, provider, cipher, random, home } = service;
  const where = here(asked);
  const token = readCookie(context, 'sign-in', where);
  dropCookie(context, 'sign-in', where);
  context.header('cache-control', 'no-store');
  const flow = token === undefined ? undefined : await takeFlow(sql, token, now);
  const query = new URL(context.req.url).search;
  const claimed = flow && (await provider?.finish(query, flow, where.origin));
  const identity = claimed && identityOf(claimed, shanghaiDay(now));
  if (!identity) return context.redirect(`${home}#sign-in-failed`, 303);
  const session = await sql.transaction(async (tx) => {
    const whose = await takePerson(tx, identity, { cipher, random, now });
    await recompute(tx, [whose], now);
    const agent = context.req.header('user-agent') ?? '';
    const of = { kind: 'citizen', whose, name: '', role: 'citizen', agent } as const;
    return beginSession(tx, of, random, now);
  });
  keepCookie(context, 'citizen', where, session);
  return context.redirect(home, 303);
}

function identityOf({ name, type, number }: Claimed, today: string): Identity | undefined {
  const document = readDocument(type, number, today);
  const plain = name.normalize('NFC').trim();
  if (!document.ok || !isClaimText(plain, 200)) return undefined;
  return { ...document.value, name: plain };
}

async function signOut(asked: AskedBy): Promise<Response> {
  const { context, service, now, signed } = asked;
  await endSessions(service.sql, signed.whose, signed.session, now);
  dropCookie(context, 'citizen', here(asked));
  return answer(context, {});
}

export const signInRows: readonly Row[] = [
  { method: 'GET', path: '/sign-in', needs: 'nobody', handle: go },
  { method: 'GET', path: '/sign-in/back', needs: 'nobody', handle: back },
  { method: 'DELETE', path: '/api/session', needs: 'citizen', handle: signOut },
];
