import { type Context, Hono } from 'hono';
import { utf8 } from '../../core/bytes.ts';
import { dayPattern, issuerIdPattern } from '../../core/ids.ts';
import { type Bytes, toSeconds } from '../../core/units.ts';
import { type Representation, representation, respond } from '../../node/http/representation.ts';
import { problem } from '../http/problem.ts';
import type { Hub } from '../hub.ts';

const jose = 'application/jose+json';
const jwt = 'application/jwt';
/**
 * A root never changes; the rest must fit the newest bundle. So a phone's own cache asks before it answers,
 * and one that all phones share answers a city for ten seconds by itself: it would pass on every request
 * by `no-cache`.
 */
const fixed = 'public, max-age=86400';
const fresh = 'public, max-age=0, s-maxage=10';
const maxCached = 256;

/** `GET /v1/root/{n}`, `/bundle`, `/lists/{iss}/{day}`, `/deltas/{iss}`: protocol 8. */
export function trustRoutes({ authority, clock }: Hub): Hono {
  const cache = new Map<string, Representation>();

  const serve = (
    context: Context,
    content: Bytes | string | undefined,
    type: string,
    cacheControl: string,
  ) => {
    if (content === undefined) return problem(context, 'not-found');
    const bytes = typeof content === 'string' ? utf8(content) : content;
    const { path } = context.req;
    let served = cache.get(path);
    if (!served || Buffer.compare(served.bytes, bytes) !== 0) {
      served = representation(bytes, type, cacheControl);
      if (cache.size >= maxCached) cache.clear();
      cache.set(path, served);
    }
    return respond(context, served);
  };

  return new Hono()
    .get('/root/:n{[1-9][0-9]{0,5}}', (context) => {
      const root = authority.root(Number(context.req.param('n')));
      // every phone asks every minute for the one that is not there yet
      if (root === undefined) return problem(context, 'not-found', { 'cache-control': fresh });
      return serve(context, root, jose, fixed);
    })
    .get('/bundle', async (context) =>
      serve(context, await authority.bundle(toSeconds(clock.wall())), jose, fresh),
    )
    .get(`/lists/:iss{${issuerIdPattern}}/:day{${dayPattern}}`, async (context) => {
      const { iss, day } = context.req.param();
      return serve(context, await authority.list(iss, day), jwt, fresh);
    })
    .get(`/deltas/:iss{${issuerIdPattern}}`, async (context) =>
      serve(context, await authority.delta(context.req.param('iss')), jwt, fresh),
    );
}
