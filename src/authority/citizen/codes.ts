import * as v from 'valibot';
import { openDayProof } from '../../core/health/day-proof.ts';
import { isGateId } from '../../core/ids.ts';
import { toSeconds } from '../../core/units.ts';
import { issueCredential, issueLive } from '../codes/issue.ts';
import { shownOf } from '../codes/shown.ts';
import { type AskedBy, answer, type Row, readBodyText, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { countOne } from '../store/counted.ts';
import { whoseOf } from './whose.ts';

const liveBody = v.strictObject({
  relative: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  aud: v.exactOptional(v.pipe(v.string(), v.check(isGateId))),
});

const needsOf = ({ service, now }: AskedBy) => ({
  ...{ sql: service.sql, cipher: service.cipher, random: service.random, seat: service.seat, now },
});

/** A live code: the next one after 15 s. Asked for without end it is refused, by who asks for whom. */
async function live(asked: AskedBy): Promise<Response> {
  const { context, service, signed } = asked;
  const read = await readJson(asked, liveBody);
  if (!read.ok) return problem(context, read.error);
  const { relative, aud } = read.value;
  // by one's own id it is oneself, and no second allowance
  const waitS = service.takeLive(`${signed.whose} ${relative ?? signed.whose}`);
  if (waitS > 0) return tooMany(context, waitS);
  const whose = await whoseOf(asked, relative);
  if (!whose) return problem(context, 'not-your-relative');
  const made = await issueLive(needsOf(asked), {
    ...{ person: whose.person, relativeHeld: whose.isRelative },
    ...(aud !== undefined && { aud }),
  });
  if (typeof made === 'string') return problem(context, made);
  const shown = shownOf(made, service.seat.issuer());
  return answer(context, { text: made.text, nextS: 15, now: asked.now, ...shown }, 201);
}

/** Seconds by which a phone's clock and ours may differ when it asks. */
const proofSkewS = 300;

/** A day credential for the key that signed the question; the body is that proof and nothing else. */
async function day(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const text = await readBodyText(asked, 4096);
  if (!text.ok) return problem(context, text.error);
  const asks = await openDayProof(text.value);
  const isHere = asks?.iss === service.seat.id && Math.abs(asks.iat - toSeconds(now)) <= proofSkewS;
  if (!asks || !isHere) return problem(context, 'bad-proof');
  const whose = await whoseOf(asked, asks.relative);
  if (!whose) return problem(context, 'not-your-relative');
  const waitS = await countOne(service.sql, 'credentials', `${signed.whose} ${whose.person}`, now);
  if (waitS > 0) return tooMany(context, waitS);
  const made = await issueCredential(
    needsOf(asked),
    {
      ...{ person: whose.person, relativeHeld: whose.isRelative },
      ...(asks.aud !== undefined && { aud: asks.aud }),
    },
    asks.jwk,
  );
  if (typeof made === 'string') return problem(context, made);
  const shown = shownOf(made, service.seat.issuer());
  return answer(context, { credential: made.credential, now, ...shown }, 201);
}

export const codeRows: readonly Row[] = [
  { method: 'POST', path: '/api/codes/live', needs: 'citizen', signs: true, handle: live },
  { method: 'POST', path: '/api/codes/day', needs: 'citizen', signs: true, handle: day },
];
