import { Hono } from 'hono';
import type { MakeCity } from '../core/console/demo-data.ts';
import { Unavailable } from '../node/database.ts';
import { createBodies } from '../node/http/bodies.ts';
import { describeError } from '../node/http/describe-error.ts';
import { staticFiles } from '../node/http/static.ts';
import { consoleRoutes } from './console/routes.ts';
import { createDemoFill } from './demo-fill.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { observe } from './http/observe.ts';
import { problem, unavailable } from './http/problem.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Hub } from './hub.ts';
import { type IssuingPort, issuingRoutes } from './issuing/forward.ts';
import { issuerNames } from './live/issuer-names.ts';
import { createLive, type LiveNeeds } from './live/live.ts';
import { certificateRoutes } from './routes/certificate.ts';
import { demoEnrolmentRoutes } from './routes/demo.ts';
import { deviceRoutes } from './routes/devices.ts';
import { healthRoutes } from './routes/health.ts';
import { helpRoutes } from './routes/help.ts';
import { scanRoutes } from './routes/scans.ts';
import { sightingRoutes } from './routes/sightings.ts';
import { statusRoutes } from './routes/status.ts';
import { timeRoutes } from './routes/time.ts';
import { trustRoutes } from './routes/trust.ts';
import type { SightingFeedNeeds } from './sightings/feed.ts';
import { createSightings } from './sightings/sightings.ts';

export interface HubOptions
  extends Omit<Hub, 'metrics' | 'bodies' | 'live' | 'sightings' | 'issuerNames' | 'demoFill'> {
  /** Bytes of request bodies in flight; default 64 MiB. */
  readonly bodyBudget?: number;
  /** Other times and limits of streams than the default ones. */
  readonly streams?: Pick<LiveNeeds, 'times' | 'limits'>;
  readonly sightings?: Pick<SightingFeedNeeds, 'times'>;
  /** Ends the streams that are open: the hub stops. */
  readonly stopping?: AbortSignal;
  /** Of whoever counts things besides the routes. */
  readonly metrics?: Metrics;
  /** Folder of the built app; without one only the API is served. */
  readonly distDir?: string;
  /** Makes the demo's city; left out unless the authority is the demo one. */
  readonly makeCity?: MakeCity;
  /** The issuing side on this address too; left out, its paths are nothing here. */
  readonly issuingPort?: IssuingPort;
  /** Further demo routes, mounted under `/demo`; left out unless the authority is the demo one. */
  readonly demo?: Hono;
}

/** The hub as one request handler: protocol 8. The database is migrated already. */
export function createHub(options: HubOptions): Hono {
  const bodies = createBodies(options.clock.monotonic, options.bodyBudget);
  const app = new Hono();
  const hub: Hub = {
    ...{ ...options, metrics: options.metrics ?? createMetrics(), bodies, ...liveOf(options) },
    ...demoFillOf(options, app),
  };
  app.use(observe(hub), securityHeaders);
  app.onError((error, context) => {
    hub.log.error({ error: describeError(error) }, 'request failed');
    return error instanceof Unavailable ? unavailable(context) : problem(context, 'internal');
  });
  app.notFound((context) => problem(context, 'not-found'));
  for (const routes of [
    trustRoutes,
    timeRoutes,
    deviceRoutes,
    scanRoutes,
    sightingRoutes,
    statusRoutes,
    helpRoutes,
  ]) {
    app.route('/v1', routes(hub));
  }
  app.route('/console/api', consoleRoutes(hub));
  app.route('/', healthRoutes(hub));
  app.route('/', certificateRoutes(hub));
  const { issuingPort, trustProxy = false } = options;
  if (issuingPort) app.route('/', issuingRoutes(issuingPort, trustProxy));
  if (hub.authority.demo) {
    app.route('/demo', demoEnrolmentRoutes(hub));
    if (options.demo) app.route('/demo', options.demo);
  }
  // the citizen's page is the authority's
  if (options.distDir !== undefined)
    app.route('/', staticFiles(options.distDir, { without: 'citizen' }));
  return app;
}

function liveOf(options: HubOptions): Pick<Hub, 'live' | 'sightings' | 'issuerNames'> {
  const { sql, clock, authority, log, streams, stopping } = options;
  const names = issuerNames(authority, clock.wall);
  const whyOf = (error: unknown) => ({
    error: error instanceof Error ? describeError(error) : undefined,
  });
  const live = createLive({
    ...{ sql, clock, issuerNames: names, ...streams },
    failed: (error) => log.warn(whyOf(error), 'live pages ended'),
  });
  const sightings = createSightings({
    ...{ sql, clock, ...options.sightings },
    failed: (error) => log.warn(whyOf(error), 'streams of sightings ended'),
  });
  const close = () => void Promise.all([live.close(), sightings.close()]);
  stopping?.addEventListener('abort', close, { once: true });
  return { live, sightings, issuerNames: names };
}

function demoFillOf(options: HubOptions, app: Hono): Pick<Hub, 'demoFill'> {
  const { sql, clock, random, authority, log, makeCity } = options;
  if (!authority.demo || !makeCity) return {};
  const ask = async (path: string, body: string): Promise<unknown> => {
    const answer = await app.request(path, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return answer.json();
  };
  const failed = (error: unknown) =>
    log.warn(
      { error: error instanceof Error ? describeError(error) : undefined },
      'demo data stopped',
    );
  return { demoFill: createDemoFill({ sql, clock, random, makeCity, ask, failed }) };
}
