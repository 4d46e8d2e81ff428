import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { printable } from '../core/printable.ts';
import { epochMillis, monotonicMillis, toSeconds } from '../core/units.ts';
import { makeCity } from '../demo/city/city.ts';
import { demoRoutes } from '../demo/demo-routes.ts';
import { exit, refusal } from '../node/command-error.ts';
import type { Sql } from '../node/database.ts';
import { listen } from '../node/http/listen.ts';
import { keepRenewed, readTls } from '../node/http/tls.ts';
import { operating } from '../node/patience.ts';
import { emit, streams } from '../node/program.ts';
import { clockAdvice, createSigningClock } from '../node/store/signing-clock.ts';
import { createHub } from './app.ts';
import { runHub } from './commands/run.ts';
import { exportDaily } from './daily-export/keep-exporting.ts';
import { gatheredLog } from './http/gathered-log.ts';
import { createMetrics } from './http/metrics.ts';
import type { HubClock } from './hub.ts';
import { abortable } from './remote/abortable.ts';
import { deskLender, reachedBy, startHearing } from './remote/desk.ts';
import { type OwnWay, operate } from './remote/operate.ts';
import { chooseAuthority } from './start/choose-authority.ts';
import { chooseTls } from './start/choose-tls.ts';
import { claimDatabase, refuseStrayDemo } from './start/claim-database.ts';
import { type IssuingSide, startIssuingSide } from './start/issuing-side.ts';
import { openOrExplain } from './start/open-or-explain.ts';
import { type Options, readDatabaseUrl, readOptions } from './start/options.ts';
import { welcome } from './start/welcome.ts';
import { keepCounting } from './store/people/keep-counting.ts';
import { beginProofs } from './store/proof/begin-proofs.ts';

const distDir = fileURLToPath(new URL('../../dist', import.meta.url));
const clock: HubClock = {
  wall: () => epochMillis(Date.now()),
  monotonic: () => monotonicMillis(performance.now()),
};
const random = (length: number) => Uint8Array.from(randomBytes(length));
// on a screen the address stays the last thing said: no line for each request
const log = gatheredLog({ level: process.stdout.isTTY ? 'warn' : 'info' });
const onError = ({ name }: Error) => log.warn({ error: name }, 'database connection lost');

const io = streams();
const lendDesk = deskLender({ clock, random });

/** A command that no running hub does: on the data itself, then the end. */
const ownWay = (): OwnWay => ({
  ...readDatabaseUrl(process.env),
  open: (place) => openOrExplain(place, onError, operating),
  // the embedded database is ours as long as we wait, so nothing would come
  desk: (sql) => lendDesk(sql, sql.kind === 'postgres' ? io.out : undefined),
});

async function serve(options: Options): Promise<number> {
  if (options.app && !existsSync(join(distDir, 'index.html'))) {
    throw refusal('the scanner is not built: run "npm run build" first, or use --no-app');
  }
  // two embedded databases are made at once
  const beginning = options.wholeDemo && startIssuingSide(options, log);
  beginning?.catch(() => undefined); // heard below
  let sql: Sql | undefined;
  try {
    sql = await openOrExplain(options, onError);
    const { stopped, close } = await start(options, sql, await beginning);
    await stopped;
    await close();
    return exit.done;
  } finally {
    await (await beginning?.catch(() => undefined))?.stop();
    await sql?.close();
  }
}

async function start(options: Options, sql: Sql, issuing: IssuingSide | undefined) {
  const now = () => toSeconds(clock.wall());
  await refuseStrayDemo(options, sql, process.env);
  const chosen = { ...options, ...(issuing && { demoTrust: issuing.trust }) };
  const authority = await chooseAuthority(chosen, now, (said) => log.error(said));
  const revoked = await claimDatabase(authority, sql, clock.wall());
  if (revoked > 0) log.warn({ devices: revoked }, 'devices of a demo hub revoked');
  const taken = await beginProofs(sql, authority.signDevice, clock.wall());
  if (taken) log.info({ devices: taken }, 'devices of before signatures were kept');
  const signing = await createSigningClock({
    ...{ clock, sql, confirmed: options.clockIsRight },
    onDoubt: (doubt) => log.error({ clock: doubt }, clockAdvice[doubt]),
  });
  signing.doubt(); // said at the start, not when the first phone asks
  const { tls, own } = chooseTls(options, clock.wall());
  const stopping = new AbortController();
  const metrics = createMetrics();
  const stopExporting = exportDaily(options, { sql, clock, log, metrics });
  const app = createHub({
    stopping: stopping.signal,
    metrics,
    authority,
    signing,
    sql,
    clock,
    random,
    log,
    ...(process.stdout.isTTY && { tell: (line: string) => console.error(printable(line)) }),
    trustProxy: options.trustProxy,
    ...(options.helpLine !== undefined && { helpLine: options.helpLine }),
    ...(authority.demo ? { demo: demoRoutes({ now }), makeCity } : {}),
    ...(options.issuing !== undefined && { issuing: options.issuing }),
    ...(issuing && { issuing: issuing.issuer, issuingPort: issuing }),
    ...(own && { certificate: own.authority }),
    ...(options.app ? { distDir } : {}),
  });
  const { host, port: wanted } = options;
  const listening = await listen(app, { host, port: wanted, ...(tls && { tls: readTls(tls) }) });
  const stopWatching = tls ? keepRenewed(tls, listening.renew, log) : () => {};
  const { port } = listening;
  const stopCounting = keepCounting(sql, clock.wall, {
    counted: (entries) => log.info({ entries }, 'older entries are counted'),
    putRight: (sums) => log.warn({ sums }, 'sums of all gates were put right'),
    waiting: () => log.warn('older entries are not all counted yet'),
  });
  const stopHearing = await startHearing(options, sql, {
    lend: (tell, signal) => lendDesk(abortable(sql, signal), tell, signal, reachedBy(options)),
    warn: (said) => log.warn(said),
  });
  const stopped = signalled(); // before it says that it is there: whoever heard it may stop it at once
  const hub = { ...options, port, demo: authority.demo, database: sql.kind };
  const isTty = process.stderr.isTTY === true;
  console.error(welcome({ ...hub, isTty, ...(tls && { tls }), ...(own && { own }) }));
  return {
    stopped,
    async close() {
      stopWatching();
      stopping.abort();
      await stopExporting();
      await stopHearing();
      await listening.close();
      await stopCounting();
    },
  };
}

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

process.umask(0o077); // whatever we write is ours alone
process.exitCode = await runHub(process.argv.slice(2), io, {
  serve: async (args) => serve(readOptions(args, process.env)),
  operate: async (asked) => operate(asked, { ...io, emit }, ownWay()),
});
