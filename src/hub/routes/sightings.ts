import { type Context, Hono } from 'hono';
import {
  maxSightingsToken,
  openSightingsToken,
  type SightingsClaims,
  type SightingsTokenProblem,
  type SightingsTyp,
} from '../../core/sightings/tokens.ts';
import { importPublicKey } from '../../core/suite.ts';
import { toSeconds } from '../../core/units.ts';
import { addressOf } from '../../node/http/address.ts';
import { readText } from '../../node/http/body.ts';
import { bodyOf } from '../../node/http/body-source.ts';
import { tokenBuckets } from '../../node/http/token-buckets.ts';
import { limitByAddress } from '../http/limit-by-address.ts';
import { bodyProblem, problem, tooMany } from '../http/problem.ts';
import { defaultRates } from '../http/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { findDevice, type SiteDevice } from '../store/devices.ts';
import { claimSighting, siteOf } from '../store/places/sightings.ts';

/** Seconds until a phone that found no room for a stream tries again. */
const fullS = 60;

type Refused = SightingsTokenProblem | 'no-group';
interface Asked {
  readonly who: SiteDevice;
  readonly claims: SightingsClaims;
}

/** `GET /v1/sightings` and `POST /v1/claims`: what gates of a site tell each other, protocol 13. */
export function sightingRoutes(hub: Hub): Hono {
  const { sql, clock, metrics, rates, trustProxy = false } = hub;
  const takeClaim = tokenBuckets(rates?.claims ?? defaultRates.claims, clock.monotonic);
  const takeStream = tokenBuckets(rates?.streams ?? defaultRates.streams, clock.monotonic);

  async function open(typ: SightingsTyp, text: string): Promise<Asked | Refused> {
    const opened = await openSightingsToken(typ, text, toSeconds(clock.wall()), async (id) => {
      const device = await findDevice(sql, id);
      return device && importPublicKey(device.jwk);
    });
    if (!opened.ok) return opened.error;
    const who = await siteOf(sql, opened.value.device);
    return who ? { who, claims: opened.value } : 'no-group';
  }

  function limited(context: Context, what: 'claims' | 'streams', waitS: number): Response {
    metrics.count('kakou_limited_total', { what });
    return tooMany(context, waitS);
  }

  return new Hono()
    .get('/sightings', limitByAddress(hub, 'statuses'), async (context) => {
      const token = /^Bearer ([\w.-]+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
      // an answer to HEAD has no body that could end
      if (token.length > maxSightingsToken || context.req.method !== 'GET')
        return problem(context, 'malformed');
      const asked = await open('sightings', token);
      if (typeof asked === 'string') return problem(context, asked);
      const { device, site } = asked.who;
      const waitS = takeStream(device);
      if (waitS > 0) return limited(context, 'streams', waitS);
      const last = context.req.header('last-event-id') ?? '';
      const after = /^\d{1,15}$/.test(last) ? Number(last) : undefined;
      const who = { device, site, windowS: asked.claims.windowS };
      const address = addressOf(context, trustProxy);
      const stream = hub.sightings.stream(
        { ...who, ...(after !== undefined && { after }) },
        address,
      );
      return stream ?? limited(context, 'streams', fullS);
    })
    .post('/claims', limitByAddress(hub, 'claimsOf'), async (context) => {
      const text = await readText(bodyOf(context), maxSightingsToken, hub.bodies);
      if (!text.ok) return bodyProblem(context, text.error);
      const asked = await open('claim', text.value);
      if (typeof asked === 'string') return problem(context, asked);
      const { key = '', windowS } = asked.claims;
      const waitS = takeClaim(asked.who.device);
      if (waitS > 0) return limited(context, 'claims', waitS);
      const held = await claimSighting(sql, asked.who, { key, windowS, now: clock.wall() });
      if (!held) hub.sightings.poke();
      metrics.count('kakou_claims_total', { answer: held ? 'elsewhere' : 'first' });
      const answer = held
        ? { first: false, gate: held.gate, at: Number(held.at) }
        : { first: true };
      return context.json(answer, 200, { 'cache-control': 'no-store' });
    });
}
