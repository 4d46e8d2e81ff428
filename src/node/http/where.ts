import type { Context } from 'hono';
import { clientOf } from './address.ts';

/** How the page was asked for, as its browser sees it: a proxy in front is believed when it is known. */
export interface Where {
  readonly https: boolean;
  /** As in the address bar. */
  readonly origin: string;
  /** From this very machine: a proxy there speaks for somebody else, and says for whom. */
  readonly local: boolean;
}

const loopback = /^(127\.|::1$|::ffff:127\.)/;

export function whereOf(context: Context, trustProxy: boolean): Where {
  const url = new URL(context.req.url);
  const forwarded = trustProxy ? context.req.header('x-forwarded-proto') : undefined;
  const scheme = forwarded?.split(',').at(-1)?.trim() ?? url.protocol.slice(0, -1);
  const address = clientOf(context, trustProxy);
  return {
    https: scheme === 'https',
    origin: `${scheme}://${url.host}`,
    local: address === undefined || loopback.test(address),
  };
}

/**
 * Whether our own page asks. `Sec-Fetch-Site` where the browser says it (Fetch Metadata section 2.1),
 * else `Origin`; a request that changes something and says neither is none of our page's.
 */
export function isOurPage(context: Context, { origin }: Where): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return context.req.header('origin') === origin;
}
