import { Hono } from 'hono';
import { codeOf, Unavailable } from '../node/database.ts';
import { createBodies } from './bodies.ts';
import { createMetrics } from './http/metrics.ts';
import { observe } from './http/observe.ts';
import { problem, unavailable } from './http/problem.ts';
import { securityHeaders } from './http/security-headers.ts';
import { staticFiles } from './http/static.ts';
import type { Hub } from './hub.ts';
import { demoEnrolmentRoutes } from './routes/demo.ts';
import { deviceRoutes } from './routes/devices.ts';
import { healthRoutes } from './routes/health.ts';
import { helpRoutes } from './routes/help.ts';
import { scanRoutes } from './routes/scans.ts';
import { timeRoutes } from './routes/time.ts';
import { trustRoutes } from './routes/trust.ts';

export interface HubOptions extends Omit<Hub, 'metrics' | 'bodies'> {
  /** Bytes of request bodies in flight; default 64 MiB. */
  readonly bodyBudget?: number;
  /** Folder of the built app; without one only the API is served. */
  readonly distDir?: string;
  /** Further demo routes, mounted under `/demo`; left out unless the authority is the demo one. */
  readonly demo?: Hono;
}

/** The hub as one request handler: protocol 8. The database is migrated already. */
export function createHub(options: HubOptions): Hono {
  const bodies = createBodies(options.clock.monotonic, options.bodyBudget);
  const hub: Hub = { ...options, metrics: createMetrics(), bodies };
  const app = new Hono();
  app.use(observe(hub), securityHeaders);
  app.onError((error, context) => {
    hub.log.error({ error: describe(error) }, 'request failed');
    return error instanceof Unavailable ? unavailable(context) : problem(context, 'internal');
  });
  app.notFound((context) => problem(context, 'not-found'));
  for (const routes of [trustRoutes, timeRoutes, deviceRoutes, scanRoutes, helpRoutes]) {
    app.route('/v1', routes(hub));
  }
  app.route('/', healthRoutes(hub));
  if (hub.authority.demo) {
    app.route('/demo', demoEnrolmentRoutes(hub));
    if (options.demo) app.route('/demo', options.demo);
  }
  if (options.distDir !== undefined) app.route('/', staticFiles(options.distDir));
  return app;
}

/** Where it broke. Not the message: a database puts the values of a row into it. */
function describe(error: Error): object {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    code: codeOf(error),
    at: frames.slice(0, 5).map((line) => line.trim()),
  };
}
