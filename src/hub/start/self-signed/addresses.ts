import { isIP, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** What stands in a certificate. */
export interface Names {
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

/** Interfaces of containers, virtual machines and tunnels: no phone in the room reaches those. */
const inner = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|tailscale|zt|cni|flannel)/i;

/**
 * This machine's addresses that others in its network can reach, those of inner networks last. None
 * that is good on one wire alone (`fe80::…%eth0`): a browser opens no such address.
 */
export function lanAddresses(): { readonly v4: readonly string[]; readonly v6: readonly string[] } {
  const all = Object.entries(networkInterfaces())
    .sort(([a], [b]) => Number(inner.test(a)) - Number(inner.test(b)))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter((one) => !one.internal && !('scopeid' in one && one.scopeid));
  const of = (wanted: string) =>
    all.filter(({ family }) => family === wanted).map(({ address }) => address);
  return { v4: of('IPv4'), v6: of('IPv6') };
}

export const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';

/**
 * What a certificate for a hub on `host` is about: this machine itself, its addresses, and the host.
 * `needed` is the part it must not lack. IPv6 addresses come and go by the day where a machine hides
 * itself, so beside an IPv4 address none is needed: for it alone no phone must trust anew.
 */
export function namesFor(host: string): { readonly all: Names; readonly needed: Names } {
  const { v4, v6 } = lanAddresses();
  const named = isEverywhere(host) || host === 'localhost' ? '' : host.replace(/%.*$/, '');
  const dns = ['localhost', ...(named && !isIP(named) ? [named.toLowerCase()] : [])];
  const own = ['127.0.0.1', '::1', ...(isIP(named) ? [named] : [])];
  return {
    all: { dns, ip: [...new Set([...own, ...v4, ...v6])] },
    needed: { dns, ip: [...new Set([...own, ...(v4.length > 0 ? v4 : v6)])] },
  };
}

/** An address as 4 or 16 bytes. */
export function ipBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::').map((half) => (half ? half.split(':') : []));
  const gap = Array<string>(8 - head.length - (tail?.length ?? 0)).fill('0');
  const groups = [...head, ...(tail ? [...gap, ...tail] : [])];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
