import { Hono } from 'hono';
import * as v from 'valibot';
import { isNonce } from '../../core/ids.ts';
import { parseCanonical } from '../../core/json.ts';
import { toSeconds } from '../../core/units.ts';
import { readText } from '../../node/http/body.ts';
import { bodyOf } from '../../node/http/body-source.ts';
import { limitByAddress } from '../http/limit-by-address.ts';
import { bodyProblem, doubtful, problem } from '../http/problem.ts';
import type { Hub } from '../hub.ts';

const maxBytes = 256;
const asked = v.strictObject({
  nonce: v.pipe(v.string(), v.check(isNonce)),
});

/** `POST /v1/time {nonce}` → `kakou-time+jws`: protocol 5.1. */
export function timeRoutes(hub: Hub): Hono {
  const { authority, clock, signing } = hub;
  return new Hono().post('/time', limitByAddress(hub, 'time'), async (context) => {
    const text = await readText(bodyOf(context), maxBytes, hub.bodies);
    if (!text.ok) return bodyProblem(context, text.error);
    const body = v.safeParse(asked, parseCanonical(text.value));
    if (!body.success) return problem(context, 'bad-shape');
    if (signing?.doubt()) return doubtful(context);
    const signed = await authority.signTime(body.output.nonce, toSeconds(clock.wall()));
    return context.body(signed, 200, {
      'content-type': 'application/jose+json',
      'cache-control': 'no-store',
    });
  });
}
