import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { toBase64url } from '../../core/base64url.ts';
import type { Hub } from '../hub.ts';

/**
 * Gives each request an id, counts it and logs one line: method, route template, status, time. Never
 * the path itself, an address, a header or a body.
 */
export function observe({ clock, random, log, metrics }: Hub): MiddlewareHandler {
  return async (context, next) => {
    const startedAt = clock.monotonic();
    const request = toBase64url(random(9));
    await next();
    context.res.headers.set('x-request-id', request);
    const { status } = context.res;
    const { method } = context.req;
    const route = routePath(context);
    metrics.count('kakou_requests_total', { method, route, status });
    const ms = Math.round(clock.monotonic() - startedAt);
    log.info({ request, method, route, status, ms }, 'request');
  };
}
