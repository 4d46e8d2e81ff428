import { toBase64url } from '../../core/base64url.ts';
import { deskPassS } from '../../core/health/desk-pass.ts';
import { epochSeconds, toSeconds } from '../../core/units.ts';
import { tokenBuckets } from '../../node/http/token-buckets.ts';
import { doubtful, problem, tooMany } from '../http/problem.ts';
import { defaultRates } from '../http/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { recordAct } from '../operators/act-log.ts';
import { noteDeskEntered } from '../operators/sessions.ts';
import { type AskedBy, actorOf, answer, closed } from './asked.ts';

const allowances = new WeakMap<Hub, ReturnType<typeof tokenBuckets>>();

/** Of each hub its own, and made when it is first asked. */
function allowanceOf(hub: Hub): ReturnType<typeof tokenBuckets> {
  const rate = hub.rates?.deskPasses ?? defaultRates.deskPasses;
  const take = allowances.get(hub) ?? tokenBuckets(rate, hub.clock.monotonic);
  allowances.set(hub, take);
  return take;
}

/**
 * The hub's word on whoever is signed in, good for a minute and once, with which their page opens a
 * session at the issuing side, and renews it each minute of their work: protocol 15. What they may do there is
 * decided there, by role. The first of a session is an act.
 */
async function hand(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator, session } = asked;
  const { issuing: aud } = hub;
  if (aud === undefined) return problem(context, 'no-issuing');
  if (hub.signing?.doubt() !== undefined) return doubtful(context);
  const waitS = allowanceOf(hub)(operator.id);
  if (waitS > 0) return tooMany(context, waitS);
  const iat = toSeconds(now);
  const { id, name, role } = operator;
  const jti = toBase64url(hub.random(16));
  const facts = { issuer: aud, role };
  await hub.sql.transaction(async (tx) => {
    if (await noteDeskEntered(tx, session.id, now))
      await recordAct(tx, { at: now, by: actorOf(asked), act: 'desk-entered', facts });
  });
  const exp = epochSeconds(iat + deskPassS);
  const pass = await hub.authority.signDeskPass({ operator: id, name, role, aud, jti, iat, exp });
  return answer(context, { pass }, 201);
}

export const deskPassRows = [closed('POST', '/desk-pass', 'issuing:enter', hand)];
