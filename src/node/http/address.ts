import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';

/**
 * Where a request comes from, for counting only: IPv4, or the first 64 bits of IPv6, which one
 * subscriber holds. Behind a proxy it is what the nearest one added to `X-Forwarded-For`, and that
 * is believed only when the operator says there is one. Undefined without a network.
 */
export function addressOf(context: Context, trustProxy: boolean): string | undefined {
  const client = clientOf(context, trustProxy);
  return client === undefined ? undefined : subscriber(client);
}

/** The whole address, believed by the same rule: to tell our own machine, or to hand on. */
export function clientOf(context: Context, trustProxy: boolean): string | undefined {
  const forwarded = trustProxy ? context.req.header('x-forwarded-for') : undefined;
  const named = forwarded?.split(',').at(-1);
  const client = named === undefined ? undefined : bare(named);
  if (client !== undefined) return client;
  const env = context.env as { readonly incoming?: IncomingMessage } | undefined;
  const address = env?.incoming?.socket.remoteAddress;
  return address === undefined ? undefined : (bare(address) ?? address);
}

/**
 * The address alone, as proxies write it: quoted or not, with or without a port (`192.0.2.1:443`,
 * `[2001:db8::1]:443`), brackets or a zone (`fe80::1%eth0`). Undefined when it is none.
 */
function bare(text: string): string | undefined {
  const written = text.trim().replace(/^"(.*)"$/, '$1');
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(written)?.[1];
  const portless = bracketed ?? written.replace(/^([\d.]+):\d{1,5}$/, '$1');
  const address = portless.replace(/%.*$/, '');
  return isIP(address) === 0 ? undefined : address;
}

function subscriber(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address.toLowerCase());
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

/** The eight groups of an IPv6 address, however it is written (RFC 4291 section 2.2). */
function groupsOf(address: string): number[] {
  const [left = '', right] = address.split('::');
  const [head, tail] = [numbers(left), numbers(right ?? '')];
  return [...head, ...Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
}

const numbers = (part: string): number[] =>
  part
    .split(':')
    .filter(Boolean)
    .flatMap((group) => {
      const [a, b, c, d] = group.split('.').map(Number);
      if (a === undefined || b === undefined || c === undefined || d === undefined)
        return [Number.parseInt(group, 16)];
      return [a * 256 + b, c * 256 + d];
    });
