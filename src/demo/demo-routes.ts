import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { toBase64url } from '../core/base64url.ts';
import { openHolderProof } from '../core/pass/kakou/holder-proof.ts';
import { kindNames, type PassKind } from '../core/pass/kinds.ts';
import type { PassForm } from '../core/terms.ts';
import { type EpochSeconds, epochMillis, toSeconds } from '../core/units.ts';
import { problemDocument } from '../node/problem-document.ts';
import { demoKeys } from './demo-keys.ts';
import { type DemoPassRequest, demoCredential, demoPass } from './demo-pass.ts';

const parameters = ['issuer', 'state', 'form', 'kind', 'relative', 'notice'] as const;

/**
 * Demo-only routes, to be mounted at `/demo`. `GET /pass?issuer=CN-TJ&state=g` stamps a fresh pass:
 * `form` cwt (default) or jwt, `kind` live (default), credential or paper, `relative=1`, `notice=a1`.
 * Answers `{text, iat, exp, now}`, times in epoch seconds, or a 400 problem (RFC 9457). The people in
 * it are made up and built in: nothing personal is ever in a URL.
 *
 * `POST /credential`, a holder's proof (`holder-proof.ts`) → `{credential, iat, exp, now}`: the day
 * credential for the key that made the proof, base64url.
 */
export function demoRoutes(options: { now?: () => EpochSeconds } = {}): Hono {
  const now = options.now ?? (() => toSeconds(epochMillis(Date.now())));
  const keys = demoKeys();
  const routes = new Hono();
  routes.get('/pass', async (context) => {
    context.header('cache-control', 'no-store');
    const at = now();
    const request = read(new URL(context.req.url).searchParams, at);
    if (!request) return problem(context, 'bad-request');
    const pass = await demoPass(keys, request);
    return pass.ok ? context.json({ ...pass.value, now: at }) : problem(context, pass.error);
  });
  routes.post('/credential', bodyLimit({ maxSize: 4096, onError: tooLarge }), async (context) => {
    context.header('cache-control', 'no-store');
    const proof = await openHolderProof(await context.req.text());
    if (!proof) return problem(context, 'bad-proof');
    const { jwk, notice, ...asked } = proof;
    const at = now();
    const request = { ...asked, at, jti: freshId(), notices: notice === '' ? [] : [notice] };
    const made = await demoCredential(keys, request, jwk);
    if (!made.ok) return problem(context, made.error);
    const { credential, iat, exp } = made.value;
    return context.json({ credential: toBase64url(credential), iat, exp, now: at }, 201);
  });
  return routes;
}

const freshId = () => crypto.getRandomValues(new Uint8Array(12));

function read(query: URLSearchParams, at: EpochSeconds): DemoPassRequest | undefined {
  const names = [...query.keys()];
  const isKnown = names.every((name) => (parameters as readonly string[]).includes(name));
  if (!isKnown || new Set(names).size !== names.length) return undefined;
  const form = oneOf<PassForm>(query.get('form'), 'cwt', 'jwt');
  const kind = oneOf<PassKind>(query.get('kind'), ...kindNames);
  const relative = oneOf(query.get('relative'), '0', '1');
  if (!form || !kind || !relative) return undefined;
  const notice = query.get('notice');
  return {
    issuer: query.get('issuer') ?? 'CN-TJ',
    state: query.get('state') ?? 'g',
    kind,
    form,
    at,
    jti: freshId(),
    relative: relative === '1',
    notices: notice ? [notice] : [],
  };
}

/** The value if it is one of those allowed; the first of them when there is none. */
function oneOf<T extends string>(value: string | null, first: T, ...rest: T[]): T | undefined {
  if (value === null) return first;
  return [first, ...rest].find((allowed) => allowed === value);
}

const problem = (context: Context, code: string): Response =>
  context.body(...problemDocument(code, 400, 'Not a demo pass'));

const tooLarge = (context: Context): Response =>
  context.body(...problemDocument('too-large', 413, 'The body is too large'));
