import { isIP } from 'node:net';
import type { Where } from '../../node/http/where.ts';
import type { Site } from '../operators/passkeys.ts';

/** A passkey belongs to a host's name: none at a bare address, nor where the page is not secure. */
export function passkeySite({ https, origin }: Where): Site | undefined {
  const { hostname } = new URL(origin);
  const isNamed = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
  if (!isNamed || (!https && hostname !== 'localhost')) return undefined;
  return { rp: hostname, origin };
}
