import * as client from 'openid-client';
import type { Claimed, IdentityProvider } from './identity-provider.ts';

export interface OpenidOptions {
  /** The provider's issuer identifier: its discovery document lies below. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where it sends the browser back to. */
  readonly redirect: string;
  /** Claims of the ID token that hold the person, where they are called otherwise. */
  readonly claims?: Partial<Record<keyof Claimed, string>>;
  /** Requests over plain http, to this machine only. */
  readonly insecure?: boolean;
  /** The server's clock, in milliseconds; the library reads the machine's, and is told the difference. */
  readonly clock: () => number;
  /** In place of the network: tests. */
  readonly fetch?: client.CustomFetch;
}

const usual = { name: 'name', type: 'document_type', number: 'document_number' } as const;

/**
 * OpenID Connect by `openid-client`: code, PKCE (S256), state and nonce, the ID token's signature,
 * issuer, audience and times. What it finds wrong is a sign-in that failed, whatever it was.
 */
export function openidProvider(options: OpenidOptions): IdentityProvider {
  let known: { readonly skewS: number; readonly at: Promise<client.Configuration> } | undefined;

  /** Asked for when first needed: a provider that is away stops no start. */
  function config(): Promise<client.Configuration> {
    const skewS = Math.round((options.clock() - Date.now()) / 1000);
    if (known && Math.abs(known.skewS - skewS) < 5) return known.at;
    const metadata = {
      ...{ client_secret: options.clientSecret, id_token_signed_response_alg: 'ES256' },
      [client.clockSkew]: skewS,
    };
    const auth = client.ClientSecretBasic(options.clientSecret);
    const at = client.discovery(new URL(options.issuer), options.clientId, metadata, auth, {
      ...(options.insecure && { execute: [client.allowInsecureRequests] }),
      ...(options.fetch && { [client.customFetch]: options.fetch }),
    });
    known = { skewS, at };
    at.catch(() => {
      known = undefined;
    });
    return at;
  }

  return {
    async begin({ state, nonce, verifier }) {
      const url = client.buildAuthorizationUrl(await config(), {
        ...{ redirect_uri: options.redirect, scope: 'openid document', state, nonce },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },
    async finish(query, { state, nonce, verifier }) {
      const back = new URL(options.redirect);
      back.search = query;
      try {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const tokens = await client.authorizationCodeGrant(await config(), back, {
          ...{ ...checks, idTokenExpected: true },
        });
        return claimed(tokens.claims(), { ...usual, ...options.claims });
      } catch {
        return undefined; // what it says may hold a token
      }
    },
  };
}

function claimed(
  claims: Readonly<Record<string, unknown>> | undefined,
  names: Readonly<Record<keyof Claimed, string>>,
): Claimed | undefined {
  const [name, type, number] = [names.name, names.type, names.number].map((one) => claims?.[one]);
  if (typeof name !== 'string' || typeof type !== 'string' || typeof number !== 'string')
    return undefined;
  return { name, type, number };
}
