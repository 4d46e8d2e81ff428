import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { epochMillis, monotonicMillis } from '../core/units.ts';
import { exit } from '../node/command-error.ts';
import type { Sql } from '../node/database.ts';
import { listen } from '../node/http/listen.ts';
import type { ServerClock } from '../node/http/server-clock.ts';
import { keepRenewed, readTls } from '../node/http/tls.ts';
import { operating } from '../node/patience.ts';
import { streams } from '../node/program.ts';
import { openOrExplain } from '../node/store/open-or-explain.ts';
import { clockAdvice, createSigningClock } from '../node/store/signing-clock.ts';
import { createAuthority } from './app.ts';
import { runAuthority } from './commands/run.ts';
import { columnCipher } from './privacy/column-cipher.ts';
import { takeListOver } from './publishing/take-over.ts';
import { openidProvider } from './sign-in/openid.ts';
import { demoDesk } from './start/demo-desk.ts';
import { demoIdentity } from './start/demo-identity.ts';
import { firstDemoRules, keepDemoSet, openDemoSeat } from './start/demo-seat.ts';
import { openDemoSource } from './start/demo-source.ts';
import { type Options, readDatabaseUrl, readOptions } from './start/options.ts';
import { openRealSeat } from './start/real-seat.ts';
import { readSecrets } from './start/secrets-file.ts';
import { migrate } from './store/migrations.ts';
import { rulesInForce } from './store/rule-sets.ts';
import { keepUp } from './upkeep.ts';

const clock: ServerClock = {
  wall: () => epochMillis(Date.now()),
  monotonic: () => monotonicMillis(performance.now()),
};
const pageDir = fileURLToPath(new URL('../../dist/citizen', import.meta.url));
const random = (length: number) => Uint8Array.from(randomBytes(length));
const log = pino({ base: null, level: process.stdout.isTTY ? 'warn' : 'info' });
const onError = ({ name }: Error) => log.warn({ error: name }, 'database connection lost');
/** Where a hub has started us: we end when it does, however it ends. */
const hubGone = process.send && new Promise<void>((gone) => process.once('disconnect', gone));
const owner = { name: 'authority', migrate } as const;
const io = streams();

async function serve(options: Options): Promise<number> {
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  const sql = await openOrExplain(owner, options, onError);
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
  const { real, secrets, data } = options;
  const opened = real
    ? await openRealSeat(real)
    : await openDemoSeat(data, secrets, random, clock.wall());
  const { seat, folder, publishing } = opened;
  const cipher = columnCipher(readSecrets(secrets, process.env), random);
  await takeListOver(sql, seat, folder, clock.wall());
  if (!real) await firstDemoRules(sql, clock.wall());
  if (!(await rulesInForce(sql))) log.warn('no rules are in force: nobody has a code');
  const signing = await createSigningClock({
    ...{ clock, sql, confirmed: options.clockIsRight },
    onDoubt: (doubt) => log.error({ clock: doubt }, clockAdvice[doubt]),
  });
  if (!publishing)
    log.warn('no bundle keys: revocations wait for the next publish of the ceremony');
  const isBuilt = existsSync(pageDir);
  if (!isBuilt) log.warn('the citizen’s page is not built: npm run build');
  const upkeep = keepUp({
    ...{ sql, log, now: clock.wall, doubt: signing.doubt },
    ...(publishing && { publishing: { ...publishing, sql } }),
  });
  const stopRenewing = real ? undefined : keepDemoSet(folder, clock.wall, log);
  const demo = real ? undefined : demoIdentity(options, random, clock.wall);
  const provider = demo?.provider ?? (real && openidOf(real, options.publicUrl));
  const app = createAuthority({
    ...{ sql, cipher, clock, random, log, seat, signing, nudge: upkeep.nudge },
    ...{ home: options.home, trustProxy: options.trustProxy },
    ...(options.publicUrl !== undefined && { posterHost: new URL(options.publicUrl).host }),
    ...(provider && { provider }),
    ...(isBuilt && { pageDir }),
  });
  if (demo) {
    const source = await openDemoSource(data, { sql, cipher, now: clock.wall() });
    const { trustProxy } = options;
    app.route('/', demoDesk({ clock, trustProxy, nudge: upkeep.nudge, source }));
    app.route('/demo/id', demo.app);
  }
  const { host, port, tls } = options;
  const listening = await listen(app, { host, port, ...(tls && { tls: readTls(tls) }) });
  const stopWatching = tls ? keepRenewed(tls, listening.renew, log) : () => {};
  const stopped = signalled(); // before it says that it is there
  const what = real ? `Authority of ${seat.id}` : `DEMO authority of ${seat.id}, keys known to all`;
  if (process.send) process.send({ listening: listening.port }, () => undefined);
  else console.error(`${what}: http${tls ? 's' : ''}://${host}:${listening.port}/authority/`);
  return {
    stopped,
    async close() {
      stopWatching();
      await listening.close();
      await upkeep.stop();
      stopRenewing?.();
      if (process.connected) process.disconnect();
    },
  };
}

const openidOf = ({ openid }: NonNullable<Options['real']>, base = '') =>
  openid &&
  openidProvider({
    ...{ issuer: openid.issuer, clientId: openid.clientId, clientSecret: openid.secret },
    ...{ redirect: `${base}/authority/sign-in/back`, clock: clock.wall },
  });

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    void hubGone?.then(resolve);
  });

process.umask(0o077); // whatever we write is ours alone
process.exitCode = await runAuthority(process.argv.slice(2), io, {
  serve: async (args) => serve(readOptions(args, process.env)),
  desk: {
    ...{ random, now: clock.wall, env: process.env },
    open: (data) =>
      openOrExplain(owner, { data, ...readDatabaseUrl(process.env) }, onError, operating),
  },
});
