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
  const shown = hub.host === '0.0.0.0' || hub.host === '127.0.0.1' ? 'localhost' : hub.host;
  const url = `${hub.tls ? 'https' : 'http'}://${shown}:${port}/`;
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

/** Browsers open the camera only for https and for localhost. */
function phone({ host, port }: Started): string[] {
  const lan = host === '0.0.0.0' ? lanAddresses() : [];
  return [
    `  on a phone     Android by cable: adb reverse tcp:${port} tcp:${port}, then http://localhost:${port}/`,
    '                 otherwise through a reverse proxy with TLS: the camera needs https or localhost',
    ...lan.map((address) => `  in the network http://${address}:${port}/ (no camera without TLS)`),
  ];
}
