import { Hono } from 'hono';
import type { Bytes, EpochMillis } from '../../core/units.ts';
import { toSeconds } from '../../core/units.ts';
import { demoProvider } from '../../demo/identity-provider.ts';
import { whereOf } from '../../node/http/where.ts';
import type { IdentityProvider } from '../sign-in/identity-provider.ts';
import { openidProvider } from '../sign-in/openid.ts';
import type { Options } from './options.ts';

interface At {
  readonly app: Hono;
  readonly provider: IdentityProvider;
}

/** Addresses a demo is opened at: localhost, some of a network. Others push the oldest out. */
const maxKnown = 16;

/**
 * A provider of invented people in this very process, asked without a network. It is found at whatever
 * address the browser has opened, and sends it back there: localhost, the network's, a cable's.
 */
export function demoIdentity(
  { publicUrl, trustProxy }: Pick<Options, 'publicUrl' | 'trustProxy'>,
  random: (length: number) => Bytes,
  clock: () => EpochMillis,
): { readonly app: Hono; readonly provider: IdentityProvider } {
  const known = new Map<string, Promise<At>>();

  function at(origin: string): Promise<At> {
    const base = publicUrl ?? origin;
    const there = known.get(base) ?? openAt(base, random, clock);
    known.delete(base);
    known.set(base, there);
    if (known.size > maxKnown) known.delete(known.keys().next().value ?? '');
    return there;
  }

  const app = new Hono();
  app.get('/*', async (context) => {
    const { app: provider } = await at(whereOf(context, trustProxy).origin);
    const { pathname, search } = new URL(context.req.url);
    const accepted = context.req.header('accept-language');
    const headers = accepted === undefined ? {} : { 'accept-language': accepted };
    return provider.request(pathname.replace('/demo/id', '') + search, { headers });
  });
  return {
    app,
    provider: {
      begin: async (flow, origin) => (await at(origin)).provider.begin(flow, origin),
      finish: async (query, flow, origin) =>
        (await at(origin)).provider.finish(query, flow, origin),
    },
  };
}

async function openAt(
  base: string,
  random: (length: number) => Bytes,
  clock: () => EpochMillis,
): Promise<At> {
  const client = {
    ...{ issuer: `${base}/demo/id`, clientId: 'kakou-demo', clientSecret: 'kakou-demo' },
    redirect: `${base}/authority/sign-in/back`,
  };
  const app = await demoProvider({ ...client, random, now: () => toSeconds(clock()) });
  const provider = openidProvider({
    ...{ ...client, clock, insecure: true },
    fetch: async (url, init) =>
      app.request(new URL(url).pathname.replace('/demo/id', ''), init as RequestInit),
  });
  return { app, provider };
}
