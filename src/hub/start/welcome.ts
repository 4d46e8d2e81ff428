import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { qrLines } from '../../core/qr/qr-matrix.ts';
import { isLoopback } from '../../node/http/loopback.ts';
import type { Options } from './options.ts';
import { isEverywhere, lanAddresses } from './self-signed/addresses.ts';
import type { OwnCertificate } from './self-signed/keep-certificate.ts';

export interface Started extends Options {
  readonly demo: boolean;
  readonly database: 'pglite' | 'postgres';
  /** A certificate the hub made itself. */
  readonly own?: Pick<OwnCertificate, 'fingerprint' | 'authorityFingerprint'>;
  /** Somebody looks at it, so that a QR can be scanned. */
  readonly isTty?: boolean;
}

/** What to open, from where, and where the data is. */
export function welcome(hub: Started, lan: readonly string[] = lanAddresses().v4): string {
  const { port, data, database } = hub;
  const url = `${hub.tls ? 'https' : 'http'}://${shownHost(hub.host)}:${port}/`;
  const isServer = database === 'postgres';
  return [
    hub.demo ? 'Kakou hub, on DEMO keys: anybody can make passes it accepts.' : 'Kakou hub.',
    ...(hub.app ? [`  scanner        ${url}`] : [`  API            ${url}v1/`]),
    ...(hub.wholeDemo ? issuing(url) : []),
    ...(hub.app && hub.demo ? [`  demo codes     ${url}demo/`] : []),
    `  data           ${isServer ? 'PostgreSQL (DATABASE_URL)' : resolve(data)}`,
    ...(isServer
      ? []
      : ['                 (safe from a crash, not from a power cut: for that set DATABASE_URL)']),
    ...(hub.wholeDemo ? story : []),
    ...(hub.own ? certified(hub, hub.own, outside(hub, lan)) : []),
    ...(hub.app && !hub.tls ? plain(hub, lan) : []),
  ].join('\n');
}

/** What else is on this address. */
const issuing = (url: string): string[] => [
  `  console        ${url}console/`,
  `  citizen        ${url}citizen/`,
  `  issuing side   ${url}authority/ (what the pages ask)`,
  `  demo people    ${url}demo/id/`,
];

const story = [
  '  in two minutes citizen: sign in as one of the demo people, declare, show the code;',
  '                 scanner: try the demo gate, scan it; demo people: turn that person red;',
  '                 the next code is red, and the one of the day is revoked at every scanner',
  '                 that has synced, within a minute',
];

/** As it stands in a URL (RFC 3986 section 3.2.2): IPv6 in brackets, its zone's sign encoded. */
function shownHost(host: string): string {
  return isEverywhere(host) || isLoopback(host) ? 'localhost' : inUrl(host);
}

const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host.replace('%', '%25')}]` : host);

/** The addresses a phone in the network reaches it at. */
function outside({ host, port }: Started, lan: readonly string[]): string[] {
  const hosts = isEverywhere(host) ? lan : isLoopback(host) ? [] : [host];
  return hosts.map((one) => `https://${inUrl(one)}:${port}/`);
}

/** What to compare and install; the address for the phone comes last. */
function certified(
  { isTty }: Started,
  { fingerprint, authorityFingerprint }: NonNullable<Started['own']>,
  addresses: readonly string[],
): string[] {
  const [first, ...others] = addresses;
  return [
    '  certificate    made by this hub: browsers warn. Look at it there before you go on, SHA-256:',
    ...inTwo(fingerprint),
    ...(first === undefined
      ? ['  on a phone     nobody else reaches it: start with --lan']
      : [
          `  to trust it    install ${first}kakou.crt (docs/hub.md says how), SHA-256:`,
          ...inTwo(authorityFingerprint),
          ...(isTty ? qrLines(first).split('\n') : []),
          ...others.map((url) => `  or             ${url}`),
          `  on a phone     ${first}`,
        ]),
  ];
}

const inTwo = (fingerprint: string): string[] =>
  [fingerprint.slice(0, 48), fingerprint.slice(48)].map((half) => `                 ${half}`);

/** Browsers open the camera only for https and for localhost. */
function plain({ host, port }: Started, lan: readonly string[]): string[] {
  return [
    `  on a phone     Android by cable: adb reverse tcp:${port} tcp:${port}, then http://localhost:${port}/`,
    '                 otherwise by https, as the camera needs it: --lan --self-signed to try it, a',
    '                 certificate of your own (--tls-cert) or a reverse proxy with TLS to use it',
    ...(isEverywhere(host) ? lan : []).map(
      (address) => `  in the network http://${address}:${port}/ (no camera: add --self-signed)`,
    ),
  ];
}
