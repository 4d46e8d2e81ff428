import { isIssuerId } from '../../core/ids.ts';
import { isClaimText } from '../../core/pass/claim-text.ts';
import { usageError } from '../../node/command-error.ts';
import { readArgs } from '../../node/command-line.ts';
import { readCode, readCount } from '../../node/command-values.ts';
import type { TlsFiles } from '../../node/http/tls.ts';

export const usage = `Usage: npm run hub -- [options]
  --port N     port to listen on (default 4600, 0 = any free one)
  --host ADDR  address to listen on (default 127.0.0.1)
  --lan        listen on every address, for phones in the same network
  --data DIR   folder of the embedded database (default ./data)
  --no-app     serve the API only, not the scanner
  --trust DIR --hub-keys FILE
               a real authority: its public folder and the hub's own keys
  --region CN-12
               with --trust: serve that region's bundle, public/v1/bundles/CN-12, in place of the
               bundle of all
  --demo       a DEMO hub, whose keys everybody has; without --trust and --demo one is
               started only on this machine alone, on a database that is new or a demo's
  --no-issuing with --demo: the scanner and the console alone, without the issuing side
  --tls-cert FILE --tls-key FILE
               https with this PEM certificate (chain included) and key; read anew when they change
  --self-signed
               https with a certificate the hub makes itself and keeps in the data folder: for
               trying it on a phone (with --lan); browsers warn until it is installed
  --help-line TEXT
               whom to call when the scanner does not open in a browser; at most 120 bytes
  --issuing ID the issuer whose desk a proxy puts under /authority/ of this address: the console
               opens it for its operators
  --trust-proxy
               a proxy in front adds the client's address to X-Forwarded-For: believe it
  --export-folder DIR
               each finished day's entries, by when they came, as CSV and JSON lines in this folder,
               which must be there; they name devices and staff: keep it as you keep the database
  --export-at HH:MM
               when, by the clock of the place (TZ); default 00:15
  --clock-is-right
               sign although this clock is far from what was signed before: somebody has looked at it
  DATABASE_URL=postgres://…  use this PostgreSQL server instead of the embedded one`;

const known = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  lan: { type: 'boolean' },
  'no-app': { type: 'boolean' },
  trust: { type: 'string' },
  'hub-keys': { type: 'string' },
  region: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'self-signed': { type: 'boolean' },
  'help-line': { type: 'string' },
  issuing: { type: 'string' },
  'trust-proxy': { type: 'boolean' },
  demo: { type: 'boolean' },
  'no-issuing': { type: 'boolean' },
  'clock-is-right': { type: 'boolean' },
  'export-folder': { type: 'string' },
  'export-at': { type: 'string' },
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/** An authority's public folder, the hub's own keys, and whose bundle is served: all's or a region's. */
export interface TrustSource {
  readonly trust: string;
  readonly hubKeys: string;
  readonly region?: string;
}

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly app: boolean;
  readonly trustProxy: boolean;
  /** Whom to call, for those whose browser does not open the scanner. */
  readonly helpLine?: string;
  /** The issuer whose desk lies under `/authority/` of this address. */
  readonly issuing?: string;
  /** A demo hub is meant. */
  readonly demo: boolean;
  /** A demo with its issuing side, on the same address. */
  readonly wholeDemo?: true;
  /** The operator has looked at the clock. */
  readonly clockIsRight: boolean;
  /** The authority to serve; the demo one when left out. */
  readonly authority?: TrustSource;
  readonly databaseUrl?: string;
  readonly tls?: TlsFiles;
  /** Where each finished day's entries go, and how many minutes after midnight. */
  readonly exporting?: { readonly folder: string; readonly minutes: number };
  /** A certificate of the hub's own making. */
  readonly selfSigned?: true;
}

/** Reads arguments and environment; a mistake in them is a `CommandError` with exit code 64. */
export function readOptions(args: readonly string[], env: Environment): Options {
  const values = readArgs(args, known).values;
  if (values.lan && values.host !== undefined) {
    throw usageError('--lan and --host exclude each other');
  }
  const { trust, 'hub-keys': hubKeys, 'tls-cert': cert, 'tls-key': key } = values;
  refuseHalf('--trust and --hub-keys', trust, hubKeys);
  if (values.demo && (trust ?? hubKeys) !== undefined) {
    throw usageError('--demo and --trust exclude each other');
  }
  refuseHalf('--tls-cert and --tls-key', cert, key);
  if (values['self-signed'] && cert !== undefined) {
    throw usageError('--self-signed and --tls-cert exclude each other');
  }
  return {
    port: readCount('--port', values.port ?? '4600', 0, 65_535),
    host: values.lan ? '0.0.0.0' : (values.host ?? '127.0.0.1'),
    data: values.data ?? 'data',
    app: !values['no-app'],
    trustProxy: values['trust-proxy'] ?? false,
    demo: values.demo ?? false,
    ...(values.demo && !values['no-app'] && !values['no-issuing'] && { wholeDemo: true as const }),
    clockIsRight: values['clock-is-right'] ?? false,
    ...readTrust(trust, hubKeys, values.region),
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
    ...(values['self-signed'] && { selfSigned: true as const }),
    ...readExporting(values['export-folder'], values['export-at']),
    ...readIssuing(values.issuing),
    ...readHelpLine(values['help-line']),
    ...readDatabaseUrl(env),
  };
}

function readTrust(
  trust: string | undefined,
  hubKeys: string | undefined,
  region: string | undefined,
): Pick<Options, 'authority'> {
  if (trust === undefined || hubKeys === undefined) {
    if (region !== undefined) throw usageError('--region goes with --trust and --hub-keys');
    return {};
  }
  const of = region === undefined ? {} : { region: readCode('--region', region) };
  return { authority: { trust, hubKeys, ...of } };
}

const defaultExportAt = '00:15';

function readExporting(
  folder: string | undefined,
  at: string | undefined,
): Pick<Options, 'exporting'> {
  if (folder === undefined) {
    if (at !== undefined) throw usageError('--export-at goes with --export-folder');
    return {};
  }
  if (folder === '') throw usageError('--export-folder names a folder');
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at ?? defaultExportAt) ?? [];
  if (hours === undefined) throw usageError('--export-at takes a time like 00:15');
  return { exporting: { folder, minutes: Number(hours) * 60 + Number(minutes) } };
}

function readHelpLine(helpLine: string | undefined): { readonly helpLine?: string } {
  if (helpLine === undefined) return {};
  if (!isClaimText(helpLine, 120))
    throw usageError('--help-line takes 1 to 120 bytes, all to be seen');
  return { helpLine };
}

function readIssuing(issuing: string | undefined): { readonly issuing?: string } {
  if (issuing === undefined) return {};
  if (!isIssuerId(issuing)) throw usageError('--issuing is a code like CN-TJ');
  return { issuing };
}

function refuseHalf(pair: string, one: string | undefined, other: string | undefined): void {
  if ((one === undefined) !== (other === undefined)) throw usageError(`${pair} go together`);
}

/** `DATABASE_URL`, when it is set. */
export function readDatabaseUrl(env: Environment): { readonly databaseUrl?: string } {
  const databaseUrl = env['DATABASE_URL'];
  if (!databaseUrl) return {};
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw usageError('DATABASE_URL must begin with postgres://');
  }
  return { databaseUrl };
}
