import type { Identity } from '../store/persons.ts';

/** What a browser must bring back: all three random, all three good once. */
export interface FlowSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/**
 * Who says who somebody is: OpenID Connect, authorization code with PKCE. `origin` is the address the
 * browser has opened, for a demo that is opened at several.
 */
export interface IdentityProvider {
  /** Where the browser is to go. */
  begin(flow: FlowSecrets, origin: string): Promise<string>;
  /** Who came back, by the query of the address they came to; undefined unless all of it is good. */
  finish(query: string, flow: FlowSecrets, origin: string): Promise<Claimed | undefined>;
}

/** What a provider says of somebody; whether the number is one is for us to check. */
export type Claimed = Omit<Identity, 'type'> & { readonly type: string };
