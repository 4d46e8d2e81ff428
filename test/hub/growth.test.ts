import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendEntry } from '../../src/core/log/chain.ts';
import { type EntryBody, emptyHead, type LogEntry } from '../../src/core/log/entry.ts';
import { epochMillis } from '../../src/core/units.ts';
import { listDevices } from '../../src/hub/store/devices.ts';
import { listGates } from '../../src/hub/store/gates.ts';
import { verifyLog } from '../../src/hub/store/proof/verify-log.ts';
import { databases } from '../support/databases.ts';
import type { FirstVersion } from '../support/first-version.ts';
import { someScan } from '../support/log-entries.ts';
import { enrolled, post, type TestHub, testHub, upload } from '../support/test-hub.ts';

const first: FirstVersion = JSON.parse(
  readFileSync(new URL('../fixtures/first-version.json', import.meta.url), 'utf8'),
);

let hub: TestHub;
beforeAll(async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  hub = await testHub(await embedded.open());
});
afterAll(() => hub.sql.close());

const kept = async (device: string) =>
  (
    await hub.sql.query<{ entry: string }>(
      'select entry from scans where device = $1 order by seq',
      [device],
    )
  ).map(({ entry }) => JSON.parse(entry));

test("today's hub takes a batch the first version signed, entry for entry", async () => {
  const gate = { id: 'demo-gate', name: 'Gate', venue: 'residential', region: 'CN-TJ' };
  await hub.sql.query('insert into devices (id, jwk, gate, enrolled_at) values ($1, $2, $3, $4)', [
    first.device,
    JSON.stringify(first.jwk),
    JSON.stringify(gate),
    1_900_000_000_000,
  ]);
  const answer = await post(hub, '/v1/scans', first.batch);
  const { results } = (await answer.json()) as { results: { result: string }[] };
  expect(results.map(({ result }) => result)).toEqual(first.entries.map(() => 'stored'));
  expect(await kept(first.device)).toEqual(first.entries);
});

test("today's hub stores the entries of tomorrow as they were signed, and its commands go on", async () => {
  const device = await enrolled(hub);
  const bodies = [
    { ...someScan, dir: 'out', reason: 'left', tomorrow: { a: [1] } },
    { type: 'count-set', count: 128 },
    { ...someScan, method: 'kiosk', kind: 'dcc' },
  ] as unknown as EntryBody[];
  const entries: LogEntry[] = [];
  let head = emptyHead;
  for (const body of bodies) {
    const entry = await appendEntry(head, {
      device: device.id,
      shift: 's',
      at: epochMillis(1_900_000_000_000),
      quality: 'synced',
      gate: 'demo-gate',
      app: '9.0.0',
      body,
    });
    entries.push(entry);
    head = { seq: entry.seq, hash: entry.hash };
  }
  const answer = await upload(hub, device, entries);
  expect(answer.results.map(({ result }) => result)).toEqual(['stored', 'stored', 'stored']);
  expect(answer.opened).toMatchObject({ seq: 3, head: head.hash });
  expect(await kept(device.id)).toEqual(entries);
  const report = await verifyLog(hub.sql, device.id);
  expect([report.entries, report.quarantined, report.head.seq]).toEqual([3, 0, 3]);
  const [gate] = (await listGates(hub.sql, epochMillis(0))).filter(({ id }) => id === 'demo-gate');
  expect(gate?.states.pass).toBeGreaterThanOrEqual(2);
});

test('what a newer hub wrote into the same database of a gate does not stop this one', async () => {
  const device = await enrolled(hub);
  const [row] = (await listDevices(hub.sql)).filter(({ id }) => id === device.id);
  const gate = { ...row?.gate, site: 'north', direction: 'both' };
  await hub.sql.query('update devices set gate = $2 where id = $1', [
    device.id,
    JSON.stringify(gate),
  ]);
  const listed = (await listDevices(hub.sql)).find(({ id }) => id === device.id);
  expect(listed?.gate).toEqual(row?.gate);
});
