import { BlockList, isIP } from 'node:net';

/** Whether a host, as one listens to it or as it stands in a URL, is this machine alone. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[(.*)\]$/, '$1');
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const family = isIP(plain);
  if (family === 0) return /^(.+\.)?localhost\.?$/i.test(plain);
  return loopback.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}
