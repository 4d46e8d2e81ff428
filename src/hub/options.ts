import { parseArgs } from 'node:util';

export const usage = `Usage: npm run hub -- [options]
  --port N     port to listen on (default 4600, 0 = any free one)
  --host ADDR  address to listen on (default 127.0.0.1)
  --lan        listen on every address, for phones in the same network
  --data DIR   folder of the embedded database (default ./data)
  --no-app     serve the API only, not the scanner
  DATABASE_URL=postgres://…  use this PostgreSQL server instead of the embedded one`;

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly app: boolean;
  readonly help: boolean;
  readonly databaseUrl?: string;
}

/** The hub cannot start: one line for the person who started it, and the exit code. */
export class StartError extends Error {
  readonly exitCode: 1 | 64;

  constructor(message: string, exitCode: 1 | 64 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Reads arguments and environment; a mistake in them is a `StartError` with exit code 64. */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Options {
  const values = parse(args);
  if (values.lan && values.host !== undefined) {
    throw new StartError('--lan and --host exclude each other', 64);
  }
  const databaseUrl = env['DATABASE_URL'];
  return {
    port: readPort(values.port ?? '4600'),
    host: values.lan ? '0.0.0.0' : (values.host ?? '127.0.0.1'),
    data: values.data ?? 'data',
    app: !values['no-app'],
    help: values.help ?? false,
    ...(databaseUrl ? { databaseUrl: readDatabaseUrl(databaseUrl) } : {}),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        lan: { type: 'boolean' },
        'no-app': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const [said = ''] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    throw new StartError(`${said}; see --help`, 64);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new StartError('--port takes a whole number from 0 to 65535', 64);
  }
  return port;
}

function readDatabaseUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) {
    throw new StartError('DATABASE_URL must begin with postgres://', 64);
  }
  return text;
}
