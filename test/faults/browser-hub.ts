import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { build } from 'vite';
import { epochMillis, monotonicMillis, toSeconds } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { demoRoutes } from '../../src/demo/demo-routes.ts';
import { createHub } from '../../src/hub/app.ts';
import { migrate } from '../../src/hub/store/migrations.ts';
import { listen } from '../../src/node/http/listen.ts';
import { openPglite } from '../../src/node/pglite.ts';

/** A hub that serves the built app, and can go on with another build or at another time. */
export async function runBrowserHub() {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-builds-'));
  const sql = await openPglite();
  await migrate(sql);
  const now = { ahead: 0, distDir: await buildApp(folder, 1) };
  let builds = 1;
  const wall = () => epochMillis(Date.now() + now.ahead);
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

  const open = async () =>
    createHub({
      authority: await demoAuthority({ now: () => toSeconds(wall()) }),
      sql,
      clock: { wall, monotonic: () => monotonicMillis(performance.now()) },
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      log: silent,
      distDir: now.distDir,
      demo: demoRoutes({ now: () => toSeconds(wall()) }),
    });

  let current = await open();
  const front = new Hono().all('*', ({ req, env }) => current.fetch(req.raw, env));
  const { port, close } = await listen(front, { host: '127.0.0.1', port: 0 });
  return {
    url: `http://localhost:${port}/`,
    sql,
    wall,
    /** Another version of the app is there from now on. */
    async nextBuild() {
      now.distDir = await buildApp(folder, ++builds);
      current = await open();
    },
    /** Days pass for the hub, and by signed time for its phones. */
    async passDays(days: number) {
      now.ahead += days * 24 * 3_600_000;
      current = await open();
    },
    async close() {
      await close();
      await sql.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The app as `npm run build` makes it, under another version. */
async function buildApp(folder: string, n: number): Promise<string> {
  const outDir = join(folder, String(n));
  await build({
    logLevel: 'error',
    define: { __APP_VERSION__: JSON.stringify(`0.1.${n}`) },
    build: { outDir, emptyOutDir: true },
  });
  cpSync('public', outDir, { recursive: true, force: false });
  return outDir;
}
