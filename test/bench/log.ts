/**
 * `npm run bench:log -- [--size N] [--json FILE]`: the log in a real Chromium. Append at 0, a tenth and
 * all of N entries (default 100,000), the tables of all of them, and their upload over the loopback.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { epochMillis, monotonicMillis, toSeconds } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { createHub } from '../../src/hub/app.ts';
import { openDatabase } from '../../src/hub/store/open.ts';
import { listen } from '../../src/node/http/listen.ts';
import { launch } from '../support/chromium.ts';

const { values } = parseArgs({
  options: { size: { type: 'string', default: '100000' }, json: { type: 'string' } },
});
const size = Number(values.size);
const samples = 500;

async function serve(folder: string) {
  const distDir = join(folder, 'page');
  const root = join(import.meta.dirname, 'log-page');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: { outDir: distDir, modulePreload: { polyfill: false } },
  });
  const sql = await openDatabase({ folder: join(folder, 'data'), onError: () => {} });
  const wall = () => epochMillis(Date.now());
  const app = createHub({
    authority: await demoAuthority({ now: () => toSeconds(wall()) }),
    sql,
    clock: { wall, monotonic: () => monotonicMillis(performance.now()) },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    log: { info: () => {}, warn: () => {}, error: console.error },
    distDir,
  });
  const { port, close } = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: `http://localhost:${port}/`,
    close: async () => [await close(), await sql.close()],
  };
}

const at = (sorted: readonly number[], part: number) =>
  sorted[Math.floor(sorted.length * part)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-log-'));
const hub = await serve(folder);
const context = await launch();
try {
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(hub.url);
  await page.evaluate(() => window.bench.enrol());
  await page.evaluate((n) => window.bench.append(n), 50); // warm
  const appends: { entries: number; p50: number; p95: number }[] = [];
  for (const entries of [0, size / 10, size]) {
    await page.evaluate((n) => window.bench.fill(n), entries);
    const times = (await page.evaluate((n) => window.bench.append(n), samples)).sort(
      (a, b) => a - b,
    );
    appends.push({ entries, p50: at(times, 0.5), p95: at(times, 0.95) });
  }
  const csv = await page.evaluate(() => window.bench.exportTable('csv'));
  const xlsx = await page.evaluate(() => window.bench.exportTable('xlsx'));
  const sync = await page.evaluate(() => window.bench.sync());
  const ratio = (appends.at(-1)?.p95 ?? 0) / (appends[0]?.p95 ?? 1);
  console.table(
    appends.map(({ entries, p50, p95 }) => ({
      entries,
      'p50 ms': p50.toFixed(2),
      'p95 ms': p95.toFixed(2),
    })),
  );
  console.log(`p95 at ${size} entries / p95 at 0: ${ratio.toFixed(2)} (target 1.5)`);
  for (const [name, table] of Object.entries({ 'CSV (target 3000 ms)': csv, XLSX: xlsx })) {
    const { ms, readMs, bytes, longTasks, longestMs } = table;
    const held =
      longTasks > 0 ? `, held the page ${longTasks} times, ${Math.round(longestMs)} ms` : '';
    console.log(
      `${name} of ${size} entries: ${Math.round(ms)} ms (${Math.round(readMs)} to read them), ${bytes} bytes${held}`,
    );
  }
  console.log(`upload of ${sync.entries} entries: ${(sync.ms / 1000).toFixed(1)} s (target 60 s)`);
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ appends, ratio, csv, xlsx, sync }, undefined, 2)}\n`,
    );
} finally {
  await context.close();
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
}
