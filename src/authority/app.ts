import { Hono, type MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { toBase64url } from '../core/base64url.ts';
import { deskMay } from '../core/health/desk-roles.ts';
import { Unavailable } from '../node/database.ts';
import { addressOf } from '../node/http/address.ts';
import { createBodies } from '../node/http/bodies.ts';
import { describeError } from '../node/http/describe-error.ts';
import { pagePolicy } from '../node/http/page-policy.ts';
import { staticFiles } from '../node/http/static.ts';
import { type Rate, tokenBuckets } from '../node/http/token-buckets.ts';
import { isOurPage, whereOf } from '../node/http/where.ts';
import { accountRows } from './citizen/account.ts';
import { appealRows } from './citizen/appeals.ts';
import { codeRows } from './citizen/codes.ts';
import { declarationRows } from './citizen/declarations.ts';
import { districtRows } from './citizen/districts.ts';
import { relativeRows } from './citizen/relatives.ts';
import { signInRows } from './citizen/sign-in.ts';
import { trustRows } from './citizen/trust.ts';
import { venueApplicationRows } from './citizen/venue-applications.ts';
import { visitRows } from './citizen/visits.ts';
import { deskAppealRows } from './desk/appeals.ts';
import { factRows } from './desk/facts.ts';
import { peopleRows } from './desk/people.ts';
import { ruleRows } from './desk/rules.ts';
import { deskSessionRows } from './desk/session.ts';
import { statisticsRows } from './desk/statistics.ts';
import { venueRows } from './desk/venues.ts';
import { deskVisitRows } from './desk/visits.ts';
import { type Asked, holdsNul, type Needs, type Row, type Service } from './http/asked.ts';
import { readCookie } from './http/cookies.ts';
import { problem, tooMany } from './http/problem.ts';
import { findSession, type Signed } from './sign-in/sessions.ts';

/** Every route of the service, each with whom it answers: protocol 15. */
export const rows: readonly Row[] = [
  ...signInRows,
  ...accountRows,
  ...declarationRows,
  ...districtRows,
  ...codeRows,
  ...relativeRows,
  ...appealRows,
  ...visitRows,
  ...trustRows,
  ...deskSessionRows,
  ...peopleRows,
  ...deskAppealRows,
  ...factRows,
  ...ruleRows,
  ...statisticsRows,
  ...venueApplicationRows,
  ...venueRows,
  ...deskVisitRows,
];

/** What is asked of the service in all, by address: a whole office of phones may stand behind one. */
const addressRate: Rate = { burst: 600, perSecond: 60 };
/** Live codes by who asks for whom: one each 15 s, and some more for a phone that was turned or woken. */
export const liveRate: Rate = { burst: 8, perSecond: 1 / 8 };

export type AuthorityOptions = Omit<Service, 'bodies' | 'takeLive'> & {
  readonly rates?: { readonly address?: Rate; readonly live?: Rate };
  /** Folder of the built citizen's page, served below `/citizen/`; without one only the API is. */
  readonly pageDir?: string;
};

/** The issuing side as one request handler. The database is migrated already. */
export function createAuthority({ rates, pageDir, ...options }: AuthorityOptions): Hono {
  const { clock, log, trustProxy } = options;
  const service: Service = {
    ...options,
    bodies: createBodies(clock.monotonic),
    takeLive: tokenBuckets(rates?.live ?? liveRate, clock.monotonic),
  };
  const take = tokenBuckets(rates?.address ?? addressRate, clock.monotonic);
  const app = new Hono();
  app.use(observe(service), headers);
  app.onError((error, context) => {
    log.error({ error: describeError(error) }, 'request failed');
    return problem(context, error instanceof Unavailable ? 'unavailable' : 'internal');
  });
  app.notFound((context) => problem(context, 'not-found'));
  app.get('/authority/healthz', async (context) => {
    await service.sql.query('select 1');
    return context.json({ ok: true }, 200, { 'cache-control': 'no-store' });
  });
  for (const row of rows) {
    app.on(row.method, `/authority${row.path}`, async (context) => {
      const address = addressOf(context, trustProxy);
      const waitS = address === undefined ? 0 : take(address);
      if (waitS > 0) return tooMany(context, waitS);
      if (holdsNul(context.req.url)) return problem(context, 'bad-shape');
      const where = whereOf(context, trustProxy);
      if (!where.https && !where.local) return problem(context, 'not-secure');
      if (row.method !== 'GET' && !isOurPage(context, where)) return problem(context, 'cross-site');
      if (row.signs && service.signing?.doubt() !== undefined)
        return problem(context, 'clock-doubtful', { 'retry-after': '60' });
      const asked: Asked = { context, service, now: clock.wall() };
      const signed = await signedFor(asked, row.needs);
      return typeof signed === 'string'
        ? problem(context, signed)
        : row.handle({ ...asked, signed });
    });
  }
  // the link on a poster: what follows its `#` is the browser's, and goes with it to the page
  app.get('/v', (context) => {
    context.header('cache-control', 'public, max-age=86400');
    return context.redirect('/citizen/?v', 302);
  });
  if (pageDir !== undefined) app.route('/', staticFiles(pageDir, { below: '/citizen' }));
  return app;
}

const nobody: Signed = { session: '', whose: '', name: '', role: 'citizen' };

async function signedFor(
  { context, service, now }: Asked,
  needs: Needs,
): Promise<Signed | 'sign-in-needed' | 'not-allowed'> {
  if (needs === 'nobody') return nobody;
  const kind = needs === 'citizen' ? 'citizen' : 'desk';
  const token = readCookie(context, kind, whereOf(context, service.trustProxy));
  const signed = token === undefined ? undefined : await findSession(service.sql, kind, token, now);
  if (!signed) return 'sign-in-needed';
  if (needs === 'citizen' || needs === 'desk') return signed;
  return signed.role !== 'citizen' && deskMay(signed.role, needs) ? signed : 'not-allowed';
}

/** One line a request: method, route template, status, time. Never the path, a header or a body. */
function observe({ clock, random, log }: Service): MiddlewareHandler {
  return async (context, next) => {
    const startedAt = clock.monotonic();
    const request = toBase64url(random(9));
    await next();
    context.header('x-request-id', request);
    const ms = Math.round(clock.monotonic() - startedAt);
    const { method } = context.req;
    log.info(
      { request, method, route: routePath(context), status: context.res.status, ms },
      'request',
    );
  };
}

const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
/** The citizen's page has a worker that keeps it for offline, and one whose WebAssembly reads posters. */
export const citizenPolicy = pagePolicy([
  "script-src 'self' 'wasm-unsafe-eval'",
  ...["img-src 'self'", "worker-src 'self'", 'trusted-types kakou'],
]);

const fixed = {
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(self), payment=(), usb=()',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const headers: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(fixed)) context.header(name, value);
  // the worker of posters' links serves what lies outside its folder
  if (context.req.path === '/citizen/link.js') context.header('service-worker-allowed', '/v');
  if (context.res.headers.has('content-security-policy')) return;
  const isPage = /^\/citizen(\/|$)/.test(context.req.path);
  context.header('content-security-policy', isPage ? citizenPolicy : nothing);
};
