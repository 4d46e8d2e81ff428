import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { freePort } from '../support/free-port.ts';
import { someEntries, testKey } from '../support/log-entries.ts';
import { batchOf, enrolToken, type TestDevice } from '../support/test-hub.ts';

/**
 * `tsx test/bench/hub-hostile.ts [--root DIR] [--slow 1000] [--seconds 10] [--json FILE]`: one honest
 * phone uploads batches of 5 while 1,000 gzip bodies never end and small requests that unpack to 2 MB
 * are sent as fast as they are answered. `--root` runs the hub of another checkout, to compare with.
 */
const { values } = parseArgs({
  options: {
    root: { type: 'string', default: process.cwd() },
    slow: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    json: { type: 'string' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'kakou-hostile-'));
const port = await freePort();
const args = [
  '--import',
  'tsx',
  'src/hub/main.ts',
  '--no-app',
  '--port',
  `${port}`,
  '--data',
  folder,
];
const env = { ...process.env, DATABASE_URL: '' };
const hub = spawn(process.execPath, args, { cwd: values.root, env, stdio: 'ignore' });
const origin = `http://127.0.0.1:${port}`;
const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: HeadersInit = {}) =>
  fetch(origin + path, { method: 'POST', body, headers });

const rssMb = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${hub.pid}/status`, 'utf8'))?.[1]) / 1024;
const cpuMs = (): number => {
  const fields = readFileSync(`/proc/${hub.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const quantile = (sorted: readonly number[], part: number): number =>
  Math.round((sorted[Math.floor(sorted.length * part)] ?? Number.NaN) * 10) / 10;

async function started(): Promise<void> {
  for (;;) {
    const up = await fetch(`${origin}/healthz`).catch(() => undefined);
    if (up?.ok) return;
    await wait(100);
  }
}

async function enrol(): Promise<TestDevice> {
  const { code } = (await (await post('/demo/enrolment-code', '')).json()) as { code: string };
  const key = await testKey();
  const answer = await post('/v1/devices', await enrolToken(code, key));
  return { id: ((await answer.json()) as { device: string }).device, key };
}

/** 2 KB on the wire, 2 MB of JSON in the payload, in the name of a device that nobody enrolled. */
function hostile(kid: string): Uint8Array<ArrayBuffer> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = part({ alg: 'ES256', kid, typ: 'kakou-batch+jwt' });
  const payload = part({ entries: Array.from({ length: 700_000 }, () => 1) });
  return Uint8Array.from(gzipSync(`${header}.${payload}.${'A'.repeat(86)}`, { level: 9 }));
}

/** A gzip body of which 2 KB come, and nothing more. */
function holdOpen(bytes: Uint8Array): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    'POST /v1/scans HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Length: 60000\r\n\r\n',
  );
  socket.write(bytes.subarray(0, 2048));
  return socket;
}

/** The honest phone's latencies in milliseconds, and what else it was answered. */
async function honest(device: TestDevice, seconds: number, first: number) {
  const entries = await someEntries(first + 5000, device.id);
  const agent = new Agent({ keepAlive: true });
  const latencies: number[] = [];
  let refused = 0;
  const until = performance.now() + seconds * 1000;
  for (let at = first; performance.now() < until && at + 5 <= entries.length; at += 5) {
    const body = gzipSync(await batchOf(device, entries.slice(at, at + 5)));
    const startedAt = performance.now();
    const status = await new Promise<number | undefined>((resolve) => {
      const headers = { 'content-encoding': 'gzip', 'content-length': body.length };
      const asked = request(`${origin}/v1/scans`, {
        method: 'POST',
        agent,
        headers,
        timeout: 30_000,
      });
      asked.once('response', (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode));
      });
      asked.once('timeout', () => asked.destroy());
      asked.once('error', () => resolve(undefined));
      asked.end(body);
    });
    if (status === 200) latencies.push(performance.now() - startedAt);
    else refused++;
    await wait(20);
  }
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const [p50, p95] = [quantile(latencies, 0.5), quantile(latencies, 0.95)];
  return {
    uploads: latencies.length,
    refused,
    p50,
    p95,
    last: first + (latencies.length + refused) * 5,
  };
}

async function attack(kid: string, seconds: number) {
  const body = hostile(kid);
  const statuses: Record<string, number> = {};
  let sent = 0;
  const until = performance.now() + seconds * 1000;
  const [cpu, startedAt] = [cpuMs(), performance.now()];
  const one = async () => {
    while (performance.now() < until) {
      const headers = { 'content-encoding': 'gzip' };
      const answer = await post('/v1/scans', body, headers).catch(() => undefined);
      await answer?.arrayBuffer().catch(() => undefined);
      const seen = String(answer?.status ?? 'cut');
      statuses[seen] = (statuses[seen] ?? 0) + 1;
      sent++;
      await wait(50);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  const perSecond = Math.round((sent * 1000) / (performance.now() - startedAt));
  return { bytes: body.length, sent, perSecond, statuses, hubCpuMsEach: (cpuMs() - cpu) / sent };
}

try {
  await started();
  const device = await enrol();
  const seconds = Number(values.seconds);
  await honest(device, 2, 0);
  const quiet = await honest(device, seconds, 5000);
  const rssBefore = rssMb();
  const bytes = gzipSync(Buffer.from(`x.${crypto.getRandomValues(new Uint8Array(9000)).join('')}`));
  const named = hostile('AAAAAAAAAAAAAAAAAAAAAA');
  const slow = Array.from({ length: Number(values.slow) }, (_, i) =>
    holdOpen(i % 2 === 0 ? bytes : named),
  );
  await wait(3000);
  const rssSlow = rssMb();
  const held = await honest(device, seconds, 10_000);
  for (const socket of slow) socket.destroy();
  const [flooded, flood] = await Promise.all([
    honest(device, seconds, 15_000),
    attack('AAAAAAAAAAAAAAAAAAAAAA', seconds),
  ]);
  const [stolen, named2] = await Promise.all([
    honest(device, seconds, 20_000),
    attack(device.id, seconds),
  ]);
  const figures = {
    quiet,
    slowBodies: {
      n: slow.length,
      rssBefore,
      rssSlow,
      rssPerBodyKb: ((rssSlow - rssBefore) * 1024) / slow.length,
      ...held,
    },
    unknownDevice: { ...flood, ...flooded },
    knownDeviceForged: { ...named2, ...stolen },
    rssEnd: rssMb(),
  };
  console.log(JSON.stringify(figures, null, 1));
  if (values.json) writeFileSync(values.json, JSON.stringify(figures));
} finally {
  hub.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
