import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRemote } from '../../src/browser/remote/remote.ts';
import { sha256Hex, utf8 } from '../../src/core/bytes.ts';
import { limits } from '../../src/core/limits.ts';
import { parseBundle } from '../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import { epochMillis, epochSeconds, monotonicMillis } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { createHub } from '../../src/hub/app.ts';
import type { Sql } from '../../src/node/database.ts';
import { type Listening, listen } from '../../src/node/http/listen.ts';
import { enrolDemo } from '../../src/scanner/app/enrol/enrol.ts';
import { createLogSync } from '../../src/scanner/app/sync/log-sync.ts';
import { createReceiptKeeper } from '../../src/scanner/app/sync/receipt-keeper.ts';
import { type Beginnings, fetchWhole } from '../../src/scanner/app/trust/fetch-whole.ts';
import { databases } from '../support/databases.ts';
import { fakeRandom } from '../support/fakes/fake-random.ts';
import { memoryDeviceStore } from '../support/fakes/memory-device-store.ts';
import { memoryLogStore } from '../support/fakes/memory-log-store.ts';
import { someEntries } from '../support/log-entries.ts';
import { type Line, slowLine } from '../support/slow-line.ts';

/**
 * Real sockets, the real hub, the app's own way to it; only time runs faster: the line's, the silence
 * limit and the clock by which batches are sized are all divided by the same number. It is a smaller
 * one for uploads, since the hub's own milliseconds do not shrink with it. A list is 300 KB instead of
 * 8 MB, which at 4 kbit/s takes hours.
 */
const speedup = { lists: 100, uploads: 20 };
const silence = { lists: 20_000 / speedup.lists, uploads: 20_000 / speedup.uploads };
const list = randomBytes(230_000).toString('base64url');
const listPath = '/v1/lists/CN-TJ/2026-06-01';

let sql: Sql;
let hub: Listening;
beforeAll(async () => {
  vi.stubGlobal('navigator', { onLine: true }); // Node has none before 21
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  sql = await embedded.open();
  const wall = () => epochMillis(Date.now());
  const demo = await demoAuthority({ now: () => epochSeconds(Math.floor(Date.now() / 1000)) });
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const app = createHub({
    authority: { ...demo, list: async () => list },
    sql,
    clock: { wall, monotonic: () => monotonicMillis(performance.now()) },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    log: silent,
    rates: { scans: { burst: 9999, perSecond: 9999 } } as never,
  });
  hub = await listen(app, { host: '127.0.0.1', port: 0 });
}, 60_000);
afterAll(async () => {
  await hub?.close();
  await sql?.close();
});

/** A phone with entries that wait, enrolled while the line was good. */
async function phone(entries: number) {
  const near = createRemote(`http://127.0.0.1:${hub.port}`);
  const random = fakeRandom(entries);
  const enrolled = await enrolDemo(
    { remote: near, device: memoryDeviceStore(), random },
    epochMillis(Date.now()),
  );
  if (!enrolled.ok) throw new Error(enrolled.error);
  const answer = await near.get('/v1/bundle');
  const payload = peekSignedFile(answer.kind === 'answer' ? answer.body : new Uint8Array(), 1e6);
  const bundle = parseBundle(payload.ok ? payload.value : undefined);
  if (!bundle.ok) throw new Error(bundle.error);
  const log = memoryLogStore();
  for (const entry of await someEntries(entries, enrolled.value.device)) await log.add(entry);
  return { log, random, enrolment: enrolled.value, keys: bundle.value.hub.receiptKeys };
}

type Phone = Awaited<ReturnType<typeof phone>>;

/** Uploads over a line until all is receipted; the number of uploads it took. */
async function upload({ log, random, enrolment, keys }: Phone, url: string): Promise<number> {
  const sync = createLogSync({
    log,
    receipts: createReceiptKeeper(log, () => epochMillis(Date.now())),
    remote: createRemote(url, silence.uploads),
    random,
    enrolment,
    receiptKeys: () => keys,
    now: () => epochMillis(Date.now()),
    monotonic: () => monotonicMillis(performance.now() * speedup.uploads),
  });
  for (let uploads = 1; uploads < 100; uploads++) {
    if ((await sync.upload(() => undefined)) === 'done') return uploads;
  }
  throw new Error('not in a hundred uploads');
}

/** Fetches the list over a line; how often it was asked for anew. */
async function fetchList(
  url: string,
  silenceMs = silence.lists,
): Promise<{ refreshes: number; sha256: string }> {
  const beginnings: Beginnings = new Map();
  const remote = createRemote(url, silenceMs);
  for (let refreshes = 1; refreshes < 100; refreshes++) {
    const answer = await fetchWhole(remote, listPath, { maxBytes: limits.listBytes }, beginnings);
    if (answer.kind === 'answer') return { refreshes, sha256: await sha256Hex(answer.body) };
  }
  throw new Error('not in a hundred refreshes');
}

const lines: readonly [string, Omit<Line, 'speedup'> & { readonly entries?: number }][] = [
  ['4 kbit/s, 30 % loss, 2 s round trips', { kbit: 4, roundTripMs: 2000, loss: 0.3, entries: 41 }],
  ['4 kbit/s', { kbit: 4, roundTripMs: 600, loss: 0 }],
  [
    '16 kbit/s, 10 % loss, cut every 20 KB',
    { kbit: 16, roundTripMs: 1000, loss: 0.1, cutEvery: 20_000 },
  ],
  ['64 kbit/s, 2 % loss', { kbit: 64, roundTripMs: 400, loss: 0.02 }],
];

describe.concurrent.each(lines)('over a line of %s', (_, { entries = 201, ...shape }) => {
  it('the entries that wait arrive, each once', async () => {
    const line = await slowLine(hub.port, { ...shape, speedup: speedup.uploads });
    const began = performance.now();
    const one = await phone(entries);
    const uploads = await upload(one, line.url);
    const tookS = ((performance.now() - began) * speedup.uploads) / 1000;
    await line.close();
    const id = one.enrolment.device;
    const rows = await sql.query<{ n: number }>(
      'select count(*) as n from scans where device = $1',
      [id],
    );
    expect(Number(rows[0]?.n)).toBe(entries);
    expect(await one.log.cursor()).toMatchObject({ seq: entries });
    process.env['SLOW_LINE_FIGURES'] && console.log(_, { uploads, tookS, ...line.counts });
  }, 120_000);

  it('a list arrives whole, however often it breaks off', async () => {
    const line = await slowLine(hub.port, { ...shape, speedup: speedup.lists });
    const began = performance.now();
    const { sha256, refreshes } = await fetchList(line.url);
    const tookS = ((performance.now() - began) * speedup.lists) / 1000;
    await line.close();
    expect(sha256).toBe(await sha256Hex(utf8(list)));
    process.env['SLOW_LINE_FIGURES'] && console.log(_, { refreshes, tookS, ...line.counts });
  }, 180_000);
});

describe('a list and an upload at the same time', () => {
  it('over 16 kbit/s starve neither', async () => {
    const shape = { kbit: 16, roundTripMs: 1000, loss: 0.05 };
    const line = await slowLine(hub.port, { ...shape, speedup: speedup.uploads });
    const one = await phone(301);
    const done: string[] = [];
    await Promise.all([
      upload(one, line.url).then(() => done.push('upload')),
      fetchList(line.url, silence.uploads).then(() => done.push('list')),
    ]);
    await line.close();
    expect(done).toEqual(['upload', 'list']);
  }, 120_000);
});
