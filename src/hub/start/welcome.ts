import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { lanAddresses } from './listen.ts';
import type { Options } from './options.ts';

export interface Started extends Options {
  readonly demo: boolean;
  readonly database: 'pglite' | 'postgres';
}

/** What to open, from where, and where the data is. */
export function welcome(hub: Started): string {
  const { port, data, database } = hub;
  const url = `${hub.tls ? 'https' : 'http'}://${shownHost(hub.host)}:${port}/`;
  const isServer = database === 'postgres';
  return [
    hub.demo ? 'Kakou hub, on DEMO keys: anybody can make passes it accepts.' : 'Kakou hub.',
    ...(hub.app ? [`  scanner        ${url}`] : [`  API            ${url}v1/`]),
    ...(hub.app && hub.demo ? [`  demo citizen   ${url}demo/`] : []),
    `  data           ${isServer ? 'PostgreSQL (DATABASE_URL)' : resolve(data)}`,
    ...(isServer
      ? []
      : ['                 (safe from a crash, not from a power cut: for that set DATABASE_URL)']),
    ...(hub.app && !hub.tls ? phone(hub) : []),
  ].join('\n');
}

/** As it stands in a URL (RFC 3986 section 3.2.2): IPv6 in brackets, its zone's sign encoded. */
function shownHost(host: string): string {
  if (isEverywhere(host) || host === '127.0.0.1' || host === '::1') return 'localhost';
  return isIP(host) === 6 ? `[${host.replace('%', '%25')}]` : host;
}

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** Browsers open the camera only for https and for localhost. */
function phone({ host, port }: Started): string[] {
  const lan = isEverywhere(host) ? lanAddresses() : [];
  return [
    `  on a phone     Android by cable: adb reverse tcp:${port} tcp:${port}, then http://localhost:${port}/`,
    '                 otherwise through a reverse proxy with TLS: the camera needs https or localhost',
    ...lan.map((address) => `  in the network http://${address}:${port}/ (no camera without TLS)`),
  ];
}
