/**
 * `npm run bench:sightings -- [--pairs 10000] [--passes 200] [--json FILE]`: what gates of one site know
 * of each other, and how soon, over the loopback and over lines of 64 kbit/s; how often two gates that
 * are shown one code at the same instant both let it in; what a site of 20 gates costs the hub. The hub
 * is a process of its own, on PostgreSQL where there is one.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/hub/store/open.ts';
import { fakeClock } from '../support/fakes/fake-clock.ts';
import { listening, startProgram } from '../support/hub-program.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { slowLine } from '../support/slow-line.ts';
import type { TestHub } from '../support/test-hub.ts';
import { cpuMs } from './cpu-of.ts';
import { type Delays, delaysOf, latency, pairsOf, type SiteHub } from './sightings-load.ts';
import { siteCost } from './sightings-site.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '10000' },
    passes: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    json: { type: 'string' },
  },
});
const bin = postgresBin();
if (!bin) throw new Error('no PostgreSQL server here (pg_ctl): PG_BIN names its folder');
const server = await startPostgres(bin);
const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
const program = startProgram(
  ['--demo', '--no-app', '--port', '0', '--data', folder],
  server.url,
  [],
);
const port = await listening(program);
const sql = await openDatabase({ folder, onError: () => {}, url: server.url });

/** The hub as the tests' helpers know one, over this port. */
function over(origin: string): SiteHub {
  const request = (path: string, init?: RequestInit) => fetch(origin + path, init);
  const clock = { ...fakeClock(), wall: () => Date.now() };
  return { app: { request }, sql, clock, lines: [] } as unknown as TestHub;
}

try {
  const hub = over(`http://127.0.0.1:${port}`);
  const passes = Number(values.passes);
  const line = { kbit: 64, roundTripMs: 200, loss: 0, speedup: 1 };
  const slow = [await slowLine(port, line), await slowLine(port, line)] as const;
  const far = [over(slow[0].url), over(slow[1].url)] as const;
  const rows: Record<string, Delays> = {};
  if (passes > 0) {
    const by = async (hubs: readonly [SiteHub, SiteHub], way: 'claim' | 'upload', most = passes) =>
      delaysOf(await latency(hubs, way, Math.min(passes, most)));
    rows['loopback, told by a claim'] = await by([hub, hub], 'claim');
    rows['loopback, told by an upload'] = await by([hub, hub], 'upload');
    rows['64 kbit/s, 200 ms, by a claim'] = await by(far, 'claim', 100);
    rows['64 kbit/s, 200 ms, by an upload'] = await by(far, 'upload', 60);
  }
  for (const one of slow) await one.close();
  const pairs = await pairsOf(hub, Number(values.pairs));
  const seconds = Number(values.seconds);
  const idle = await siteCost(hub, { everyMs: 0, seconds: seconds / 2 }, used);
  const busy = await siteCost(hub, { everyMs: 3000, seconds }, used);
  const result = { cpus: cpus().length, rows, pairs, site: { idle, busy } };
  console.log('milliseconds from a pass at gate A until gate B knows');
  console.table(rows);
  console.log('two gates at the same instant');
  console.table([pairs]);
  console.log('a site of 20 gates: nobody comes, and 400 people a minute');
  console.table({ idle, busy });
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(result, null, 2));
} finally {
  program.child.kill();
  await program.ended;
  await sleep(100);
  await sql.close();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function used(): number {
  return cpuMs(program.child.pid ?? 0);
}
