import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMillis } from '../../src/core/units.ts';
import { invite } from '../../src/hub/operators/invite.ts';
import { migrate } from '../../src/hub/store/migrations.ts';
import type { Sql } from '../../src/node/database.ts';
import { operating } from '../../src/node/patience.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { freePort } from '../support/free-port.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { fillConsole } from './console-fill.ts';

const formats = ['csv', 'json', 'xlsx'] as const;
const mb = 1024 * 1024;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The hub in a process of its own, as an operator starts it, and somebody signed in at its console. */
async function startHub(sql: Sql, url: string) {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-export-'));
  const port = await freePort();
  const args = ['--import', 'tsx', 'src/hub/main.ts', '--no-app', '--port', `${port}`];
  const hub = spawn(process.execPath, [...args, '--data', folder], {
    ...{ env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'ignore', 'inherit'] },
  });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${origin}/healthz`).catch(() => undefined))?.ok) {
    if (hub.exitCode !== null) throw new Error(`the hub ended: ${hub.exitCode}`);
    await wait(100);
  }
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const at = { sql, now: epochMillis(Date.now()), by: 'command-line', random } as const;
  const made = await invite(at, { name: `bench ${port}`, role: 'admin', areas: 'all' });
  if (typeof made === 'string') throw new Error(made);
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const body = JSON.stringify({ token: made.token, password: 'a gate in the rain' });
  const joined = await fetch(`${origin}/console/api/invitation/take`, {
    ...{ method: 'POST', headers, body },
  });
  const cookie = joined.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`no session: ${joined.status} ${await joined.text()}`);
  return {
    pid: hub.pid ?? 0,
    take: (query: string) =>
      fetch(`${origin}/console/api/entries/export?${query}`, {
        headers: { 'sec-fetch-site': 'same-origin', cookie },
      }),
    async end() {
      const over = new Promise((resolve) => hub.once('exit', resolve));
      hub.kill('SIGTERM');
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Bytes of an answer, and the most memory the hub had while they came. */
async function taken(hub: Awaited<ReturnType<typeof startHub>>, query: string) {
  const before = residentMb(hub.pid);
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMb(hub.pid));
  }, 50);
  const startedAt = performance.now();
  const answer = await hub.take(query);
  let bytes = 0;
  if (answer.ok) for await (const chunk of answer.body ?? []) bytes += chunk.length;
  else await answer.text();
  clearInterval(timer);
  return {
    ...{ status: answer.status, 'MB out': Math.round(bytes / mb) },
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    ...{ 'MB before': Math.round(before), 'MB at most': Math.round(peak) },
  };
}

/** Of each format 10,000 entries, 100,000 and all of them, from one hub a format. The server is ended. */
export async function measureExports(server: PostgresServer, rows: number) {
  const sql = await openPostgres(server.url, () => {}, operating);
  const found = [];
  try {
    await migrate(sql);
    await (await startHub(sql, server.url)).end(); // makes it a demo's, which it is not once it is filled
    const { from, to } = await fillConsole(sql, rows, 'own');
    for (const format of formats) {
      const hub = await startHub(sql, server.url);
      for (const wanted of [10_000, 100_000, 300_000, rows]) {
        const end = wanted === rows ? to : from + Math.round(((to - from) * wanted) / rows);
        const query = new URLSearchParams({
          ...{ format, language: 'en', zone: 'Asia/Shanghai', from: `${from}`, to: `${end}` },
        });
        const row = { format, entries: wanted, ...(await taken(hub, `${query}`)) };
        console.log(JSON.stringify(row)); // it takes minutes: what is known is told
        found.push(row);
      }
      await hub.end();
    }
  } finally {
    await sql.close();
    server.stop();
  }
  return found;
}
