import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { printable } from '../core/printable.ts';
import { epochMillis, monotonicMillis, toSeconds } from '../core/units.ts';
import { demoRoutes } from '../demo/demo-routes.ts';
import { exit, refusal } from '../node/command-error.ts';
import type { Sql } from '../node/database.ts';
import { operating } from '../node/patience.ts';
import { give, type Io, streams } from '../node/program.ts';
import { createHub } from './app.ts';
import type { Job } from './commands/command.ts';
import { runHub } from './commands/run.ts';
import type { HubClock } from './hub.ts';
import { clockAdvice, createSigningClock } from './signing-clock.ts';
import { chooseAuthority } from './start/choose-authority.ts';
import { claimDatabase, refuseStrayDemo } from './start/claim-database.ts';
import { listen } from './start/listen.ts';
import { openOrExplain } from './start/open-or-explain.ts';
import { type Options, readDatabaseUrl, readOptions } from './start/options.ts';
import { keepRenewed, readTls } from './start/tls.ts';
import { welcome } from './start/welcome.ts';
import { beginProofs } from './store/proof/begin-proofs.ts';

const distDir = fileURLToPath(new URL('../../dist', import.meta.url));
const clock: HubClock = {
  wall: () => epochMillis(Date.now()),
  monotonic: () => monotonicMillis(performance.now()),
};
const random = (length: number) => Uint8Array.from(randomBytes(length));
// on a screen the address stays the last thing said: no line for each request
const log = pino({ base: null, level: process.stdout.isTTY ? 'warn' : 'info' });
const onError = ({ name }: Error) => log.warn({ error: name }, 'database connection lost');

/** One command on the hub's data, then the end. */
async function operate({ data, asJson, run }: Job, io: Io): Promise<number> {
  const place = { data, ...readDatabaseUrl(process.env) };
  const sql = await openOrExplain(place, onError, operating);
  try {
    const tell = (say: readonly string[]) => void give({ say, facts: null }, false, io);
    // the embedded database is ours as long as we wait, so nothing would come
    const watch = sql.kind === 'postgres' && { clock: clock.wall, pause: setTimeout, tell };
    const desk = { sql, now: clock.wall(), random, ...(watch && { watch }) };
    return give(await run(desk), asJson, io);
  } finally {
    await sql.close();
  }
}

async function serve(options: Options): Promise<number> {
  if (options.app && !existsSync(join(distDir, 'index.html'))) {
    throw refusal('the scanner is not built: run "npm run build" first, or use --no-app');
  }
  const sql = await openOrExplain(options, onError);
  try {
    const { stopped, close } = await start(options, sql);
    await stopped;
    await close();
    return exit.done;
  } finally {
    await sql.close();
  }
}

async function start(options: Options, sql: Sql) {
  const now = () => toSeconds(clock.wall());
  await refuseStrayDemo(options, sql, process.env);
  const authority = await chooseAuthority(options, now, (said) => log.error(said));
  const revoked = await claimDatabase(authority, sql, clock.wall());
  if (revoked > 0) log.warn({ devices: revoked }, 'devices of a demo hub revoked');
  const taken = await beginProofs(sql, authority.signDevice, clock.wall());
  if (taken) log.info({ devices: taken }, 'devices of before signatures were kept');
  const signing = await createSigningClock({
    ...{ clock, sql, confirmed: options.clockIsRight },
    onDoubt: (doubt) => log.error({ clock: doubt }, clockAdvice[doubt]),
  });
  signing.doubt(); // said at the start, not when the first phone asks
  const app = createHub({
    authority,
    signing,
    sql,
    clock,
    random,
    log,
    ...(process.stdout.isTTY && { tell: (line: string) => console.error(printable(line)) }),
    trustProxy: options.trustProxy,
    ...(options.helpLine !== undefined && { helpLine: options.helpLine }),
    ...(authority.demo ? { demo: demoRoutes({ now }) } : {}),
    ...(options.app ? { distDir } : {}),
  });
  const { tls, ...rest } = options;
  const listening = await listen(app, { ...rest, ...(tls && { tls: readTls(tls) }) });
  const stopWatching = tls ? keepRenewed(tls, listening.renew, log) : () => {};
  const { port } = listening;
  const stopped = signalled(); // before it says that it is there: whoever heard it may stop it at once
  console.error(welcome({ ...options, port, demo: authority.demo, database: sql.kind }));
  return {
    stopped,
    close() {
      stopWatching();
      return listening.close();
    },
  };
}

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

process.umask(0o077); // whatever we write is ours alone
process.exitCode = await runHub(process.argv.slice(2), streams(), {
  serve: async (args) => serve(readOptions(args, process.env)),
  operate,
});
