import { type Context, Hono } from 'hono';
import { calculateJwkThumbprint, SignJWT } from 'jose';
import { generateKey, publicHalf, signerOf } from '../authority/keys.ts';
import { fromBase64url, toBase64url } from '../core/base64url.ts';
import { fromUtf8, sha256, utf8 } from '../core/bytes.ts';
import type { Bytes, EpochSeconds } from '../core/units.ts';
import { choosePage, languageOf, pageHeaders } from './people/people-page.ts';
import { peopleStyle } from './people/people-style.ts';
import { type TestPerson, testPersons } from './test-persons.ts';

export interface ProviderOptions {
  /** Its issuer identifier, where it is mounted: `https://HOST/demo/id`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirect: string;
  readonly random: (length: number) => Bytes;
  readonly now: () => EpochSeconds;
  readonly persons?: readonly TestPerson[];
}

interface Grant {
  readonly person: TestPerson;
  readonly nonce: string;
  readonly challenge: string;
  readonly exp: number;
}

/**
 * A small OpenID provider of invented people, for trying and for tests: anybody may be any of them.
 * Authorization code with PKCE (S256) and one client, as OpenID Connect Core 3.1 has it.
 */
export async function demoProvider(options: ProviderOptions): Promise<Hono> {
  const { issuer, clientId, redirect, random, now, persons = testPersons } = options;
  const named = await generateKey('id');
  const kid = await calculateJwkThumbprint(publicHalf(named));
  const { key } = await signerOf(named);
  const grants = new Map<string, Grant>();

  const app = new Hono();
  app.get('/.well-known/openid-configuration', (context) =>
    context.json({
      ...{ issuer, authorization_endpoint: `${issuer}/authorize` },
      ...{ token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      id_token_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
    }),
  );
  app.get('/jwks', (context) =>
    context.json({ keys: [{ ...publicHalf(named), kid, alg: 'ES256', use: 'sig' }] }),
  );
  app.get('/style.css', (context) =>
    context.body(peopleStyle, 200, { 'content-type': 'text/css' }),
  );
  app.get('/authorize', (context) => {
    const query = context.req.query();
    if (!isGood(query)) return context.text('invalid_request', 400);
    const person = persons.find(({ id }) => id === query['person']);
    if (!person) {
      const language = languageOf(query['lang'], context.req.header('accept-language'));
      const page = choosePage(language, query, persons, `${issuer}/style.css`);
      return context.html(page, 200, pageHeaders);
    }
    const code = toBase64url(random(24));
    for (const [old, { exp }] of grants) if (exp < now()) grants.delete(old);
    const { nonce = '', code_challenge: challenge = '', state = '' } = query;
    grants.set(code, { person, nonce, challenge, exp: now() + 60 });
    const back = new URL(redirect);
    back.search = String(new URLSearchParams({ code, state, iss: issuer }));
    return context.redirect(back.href, 303);
  });
  app.post('/token', async (context) => {
    const form = new URLSearchParams(await context.req.text());
    if (!isClient(context, options)) return context.json({ error: 'invalid_client' }, 401);
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code); // once, whatever comes of it
    const verifier = form.get('code_verifier') ?? '';
    const isOwn = grant && toBase64url(await sha256(utf8(verifier))) === grant.challenge;
    if (!isOwn || grant.exp < now() || form.get('redirect_uri') !== redirect)
      return context.json({ error: 'invalid_grant' }, 400);
    const { id, type, number, name } = grant.person;
    const claims = { nonce: grant.nonce, name, document_type: type, document_number: number };
    const idToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(id)
      .setIssuedAt(now())
      .setExpirationTime(now() + 60)
      .sign(key);
    const token = { access_token: toBase64url(random(24)), token_type: 'Bearer', expires_in: 60 };
    return context.json({ ...token, id_token: idToken }, 200, { 'cache-control': 'no-store' });
  });

  /** Nothing is sent anywhere but to the one client it knows. */
  const isGood = (query: Readonly<Record<string, string>>): boolean =>
    query['client_id'] === clientId &&
    query['redirect_uri'] === redirect &&
    query['response_type'] === 'code' &&
    query['code_challenge_method'] === 'S256' &&
    (query['code_challenge'] ?? '').length === 43 &&
    (query['scope'] ?? '').split(' ').includes('openid');

  return app;
}

function isClient(context: Context, { clientId, clientSecret }: ProviderOptions): boolean {
  const [scheme, coded = ''] = (context.req.header('authorization') ?? '').split(' ');
  const bytes = fromBase64url(coded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  // both halves are form-urlencoded (RFC 6749 section 2.3.1)
  const given = (bytes && fromUtf8(bytes))?.split(':').map((half) => half.replaceAll('+', ' '));
  if (scheme !== 'Basic' || given?.length !== 2) return false;
  return given.map(decodeURIComponent).join('\0') === [clientId, clientSecret].join('\0');
}
