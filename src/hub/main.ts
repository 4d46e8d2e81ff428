import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { epochMillis, monotonicMillis, toSeconds } from '../core/units.ts';
import { demoAuthority } from '../issuer/demo-authority.ts';
import { demoRoutes } from '../issuer/demo-routes.ts';
import { createHub } from './app.ts';
import type { HubClock } from './hub.ts';
import { listen } from './listen.ts';
import { type Options, readOptions, StartError, usage } from './options.ts';
import type { Sql } from './store/database.ts';
import { FolderInUse } from './store/folder-lock.ts';
import { openDatabase } from './store/open.ts';
import { welcome } from './welcome.ts';

const distDir = fileURLToPath(new URL('../../dist', import.meta.url));
const clock: HubClock = {
  wall: () => epochMillis(Date.now()),
  monotonic: () => monotonicMillis(performance.now()),
};
const log = pino({ base: null });

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(usage);
  if (options.app && !existsSync(join(distDir, 'index.html'))) {
    throw new StartError('the scanner is not built: run "npm run build" first, or use --no-app');
  }
  const sql = await open(options);
  try {
    const close = await start(options, sql);
    await signalled();
    await close();
  } finally {
    await sql.close();
  }
}

async function start(options: Options, sql: Sql): Promise<() => Promise<void>> {
  const now = () => toSeconds(clock.wall());
  const authority = await demoAuthority({ now });
  const app = createHub({
    authority,
    sql,
    clock,
    random: (length) => Uint8Array.from(randomBytes(length)),
    log,
    demo: demoRoutes({ now }),
    ...(options.app ? { distDir } : {}),
  });
  const { port, close } = await listen(app, options);
  console.error(welcome({ ...options, port, demo: authority.demo, database: sql.kind }));
  return close;
}

async function open({ data, databaseUrl }: Options): Promise<Sql> {
  const folder = resolve(data);
  const onError = ({ name }: Error) => log.warn({ error: name }, 'database connection lost');
  try {
    return await openDatabase({ folder, ...(databaseUrl ? { url: databaseUrl } : {}), onError });
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new StartError(`another hub is using ${folder} (its lock is ${error.message})`);
    }
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    const what = databaseUrl ? 'the database of DATABASE_URL' : `the data folder ${folder}`;
    throw new StartError(`cannot open ${what}${code}`);
  }
}

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

main().catch((error: unknown) => {
  if (!(error instanceof StartError)) throw error;
  console.error(`kakou hub: ${error.message}`);
  process.exitCode = error.exitCode;
});
