import { isIssuerId } from '../../core/ids.ts';
import { usageError } from '../../node/command-error.ts';
import { readArgs } from '../../node/command-line.ts';
import { needed, readCount, readUrl } from '../../node/command-values.ts';
import type { TlsFiles } from '../../node/http/tls.ts';
import type { Environment } from './secrets-file.ts';

export const usage = `Usage: npm run authority -- [options]
  --port N     port to listen on (default 4700, 0 = any free one)
  --host ADDR  address to listen on (default 127.0.0.1)
  --data DIR   folder of the embedded database (default ./authority-data)
  --secrets FILE
               keys of the encrypted columns (default DIR/secrets.json; or KAKOU_SECRETS)
  --trust DIR  public folder of the key ceremony, where hub and CDN take the trust files
  --issuer ID --keys FILE
               whom it speaks for, and that issuer's keys of the ceremony
  --bundle-keys FILE[,FILE]
               keys of bundles, so that revocations are published at once; without them they
               wait for the ceremony's next publish
  --bundle-hours N
               hours that a bundle signed here lives (default: as long as the ceremony's)
  --public-url URL
               how citizens' browsers reach it; the provider sends them back there
  --openid URL --openid-client ID
               who says who somebody is; the client's secret is KAKOU_OPENID_SECRET
  --home PATH  where a browser goes after signing in (default /citizen/)
  --demo       a DEMO: the repository's keys, which everybody has, invented people, own provider
  --tls-cert FILE --tls-key FILE
               https with this PEM certificate (chain included) and key
  --trust-proxy
               a proxy in front adds the client's address to X-Forwarded-For: believe it
  --clock-is-right
               sign although this clock is far from what was signed before
  DATABASE_URL=postgres://…  use this PostgreSQL server: a database of its own, never the hub's`;

const known = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  secrets: { type: 'string' },
  trust: { type: 'string' },
  issuer: { type: 'string' },
  keys: { type: 'string' },
  'bundle-keys': { type: 'string' },
  'bundle-hours': { type: 'string' },
  'public-url': { type: 'string' },
  openid: { type: 'string' },
  'openid-client': { type: 'string' },
  home: { type: 'string' },
  demo: { type: 'boolean' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'trust-proxy': { type: 'boolean' },
  'clock-is-right': { type: 'boolean' },
} as const;

/** A real authority: what the ceremony and the provider gave it. */
export interface RealSeat {
  readonly trust: string;
  readonly issuer: string;
  readonly keys: string;
  readonly bundleKeys: readonly string[];
  readonly bundleHours?: number;
  readonly openid?: { readonly issuer: string; readonly clientId: string; readonly secret: string };
}

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly secrets: string;
  readonly home: string;
  readonly publicUrl?: string;
  readonly trustProxy: boolean;
  readonly clockIsRight: boolean;
  /** Left out: a demo. */
  readonly real?: RealSeat;
  readonly tls?: TlsFiles;
  readonly databaseUrl?: string;
}

/** Reads arguments and environment; a mistake in them is a `CommandError` with exit code 64. */
export function readOptions(args: readonly string[], env: Environment): Options {
  const values = readArgs(args, known).values;
  const { 'tls-cert': cert, 'tls-key': key, trust, home = '/citizen/' } = values;
  if ((cert === undefined) !== (key === undefined))
    throw usageError('--tls-cert and --tls-key go together');
  if (values.demo && trust !== undefined) throw usageError('--demo and --trust exclude each other');
  if (!/^\/[\w./-]*$/.test(home)) throw usageError('--home is a path like /citizen/');
  const data = values.data ?? 'authority-data';
  return {
    port: readCount('--port', values.port ?? '4700', 0, 65_535),
    host: values.host ?? '127.0.0.1',
    ...{ data, home, secrets: values.secrets ?? `${data}/secrets.json` },
    trustProxy: values['trust-proxy'] ?? false,
    clockIsRight: values['clock-is-right'] ?? false,
    ...(values['public-url'] !== undefined && {
      publicUrl: readUrl('--public-url', values['public-url']),
    }),
    ...(!values.demo && { real: readSeat(values, env) }),
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
    ...readDatabaseUrl(env),
  };
}

type Given = Readonly<Partial<Record<keyof typeof known, string | boolean>>>;

function readSeat(values: Given, env: Environment): RealSeat {
  const text = (name: keyof typeof known) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const issuer = needed('--issuer', text('issuer'));
  if (!isIssuerId(issuer)) throw usageError('--issuer is a code like CN-TJ');
  const hours = text('bundle-hours');
  const [openid, clientId] = [text('openid'), text('openid-client')];
  if ((openid === undefined) !== (clientId === undefined))
    throw usageError('--openid and --openid-client go together');
  const secret = env['KAKOU_OPENID_SECRET'];
  if (openid !== undefined && !secret) throw usageError('KAKOU_OPENID_SECRET is needed');
  if (openid !== undefined && text('public-url') === undefined)
    throw usageError('--public-url is needed with --openid');
  return {
    ...{ issuer, trust: needed('--trust', text('trust')), keys: needed('--keys', text('keys')) },
    bundleKeys: text('bundle-keys')?.split(',') ?? [],
    ...(hours !== undefined && { bundleHours: readCount('--bundle-hours', hours, 1, 72) }),
    ...(openid !== undefined &&
      clientId !== undefined && {
        openid: { issuer: readUrl('--openid', openid), clientId, secret: secret ?? '' },
      }),
  };
}

/** `DATABASE_URL`, when it is set. */
export function readDatabaseUrl(env: Environment): { readonly databaseUrl?: string } {
  const databaseUrl = env['DATABASE_URL'];
  if (!databaseUrl) return {};
  if (!/^postgres(ql)?:\/\//.test(databaseUrl))
    throw usageError('DATABASE_URL must begin with postgres://');
  return { databaseUrl };
}
