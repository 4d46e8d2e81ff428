import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';

/**
 * Where a request comes from, for counting only: IPv4, or the first 64 bits of IPv6, which one
 * subscriber holds. Behind a proxy it is what the nearest one added to `X-Forwarded-For`, and that
 * is believed only when the operator says there is one. Undefined without a network.
 */
export function addressOf(context: Context, trustProxy: boolean): string | undefined {
  const forwarded = trustProxy ? context.req.header('x-forwarded-for') : undefined;
  const named = forwarded?.split(',').at(-1)?.trim();
  if (named && isIP(named)) return subscriber(named);
  const env = context.env as { readonly incoming?: IncomingMessage } | undefined;
  const address = env?.incoming?.socket.remoteAddress;
  return address === undefined ? undefined : subscriber(address);
}

function subscriber(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [left = '', right] = address.toLowerCase().split('::');
  const head = left.split(':').filter(Boolean);
  const tail = (right ?? '').split(':').filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
