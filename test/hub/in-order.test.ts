import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryBody } from '../../src/core/log/entry.ts';
import { revokeDevice } from '../../src/hub/store/devices.ts';
import { inTurn, type Sql } from '../../src/node/database.ts';
import { chainedLog } from '../support/chained-log.ts';
import { databases } from '../support/databases.ts';
import { someEntries, someScan } from '../support/log-entries.ts';
import { enrolled, type TestHub, testHub, upload } from '../support/test-hub.ts';

const isInOrder = (text: string): boolean => text.startsWith('with s0 as (update device_heads');

/** Says what was taken in by one statement; `off`: none is, as if every batch were out of order. */
function watched(sql: Sql, taken: string[], off = false): Sql {
  const heard = (text: string, rows: readonly unknown[]) => {
    if (isInOrder(text)) taken.push(rows.length > 0 ? 'one' : 'none');
  };
  return {
    ...sql,
    async query<Row>(text: string, params?: readonly unknown[], name?: string): Promise<Row[]> {
      if (off && isInOrder(text)) return [];
      const rows = await sql.query<Row>(text, params, name);
      heard(text, rows);
      return rows;
    },
    async inTurn(statements) {
      if (off && statements.some(({ text }) => isInOrder(text))) return statements.map(() => []);
      const answers = await inTurn(sql, statements);
      for (const [i, { text }] of statements.entries()) heard(text, answers[i] ?? []);
      return answers;
    },
  };
}

/** Everything an upload leaves, but for what differs of itself. */
async function left(sql: Sql) {
  const all = async (text: string) => (await sql.query<object>(text)).map((row) => ({ ...row }));
  const scans = await all('select * from scans order by seq');
  const heads = await all('select * from device_heads');
  const batches = await all('select first_seq, last_seq from batches order by first_seq');
  const hours = await all('select * from gate_hours order by gate, hour, dir, state, reason');
  const varying = { device: '', prev: '', hash: '', entry: '', receipt: '' };
  const bare = (rows: object[]) => rows.map((row) => ({ ...row, ...varying }));
  return { scans: bare(scans), heads: bare(heads), batches, hours };
}

const other = { jti: 'BAECAwQFBgcICQoL', state: 'check', reason: 'colour-caution' } as object;
const bodies: readonly EntryBody[] = [
  { type: 'shift-start', operator: 'A1' },
  someScan,
  { ...someScan, ...other },
  { type: 'decision', ref: 3, state: 'check', reason: 'colour-caution', outcome: 'admitted' },
  { type: 'manual', category: 'elder', admitted: true, companions: 2 },
  { type: 'look', method: 'camera', state: 'pass', reason: 'admitted', kind: 'live', iss: 'CN-TJ' },
];

describe.each(databases)('an upload that follows what is held, on $name', ({ open }) => {
  const taken: string[] = [];
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(watched(await open(), taken));
  });
  afterAll(() => hub.sql.close());

  it('leaves by one statement what a transaction leaves', async () => {
    const found = [];
    for (const off of [false, true]) {
      taken.length = 0;
      const one = await testHub(watched(await open(), taken, off));
      const device = await enrolled(one);
      const log = await chainedLog([someScan, ...bodies], {
        ...{ device: device.id, from: 1_646_121_600_000 },
      });
      await upload(one, device, log.slice(0, 1));
      const answer = await upload(one, device, log.slice(1));
      expect(answer.results.every(({ result }) => result === 'stored')).toBe(true);
      expect(answer.opened).toMatchObject({ seq: log.length, head: log.at(-1)?.hash });
      found.push(await left(one.sql));
      expect(taken.at(-1)).toBe(off ? undefined : 'one');
      await one.sql.close();
    }
    expect(found[0]).toEqual(found[1]);
    expect(found[0]?.scans).toHaveLength(bodies.length + 1);
  });

  it('believes a device no longer that was revoked since it was looked up', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(6, device.id);
    for (const part of [entries.slice(0, 2), entries.slice(2, 4)])
      expect((await upload(hub, device, part)).trusted).toBe(true);
    await revokeDevice(hub.sql, device.id, hub.clock.wall());
    taken.length = 0;
    expect((await upload(hub, device, entries.slice(4))).trusted).toBe(false);
    expect(taken).toEqual(['none']);
    const rows = await hub.sql.query<{ trusted: boolean }>(
      'select trusted from scans where device = $1 order by seq',
      [device.id],
    );
    expect(rows.map(({ trusted }) => trusted)).toEqual([true, true, true, true, false, false]);
  });

  it('says another gate once the device stands at another', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(4, device.id);
    await upload(hub, device, entries.slice(0, 1));
    await upload(hub, device, entries.slice(1, 2));
    await hub.sql.query(
      `update devices set gate = replace(gate, 'demo-gate', 'other') where id = $1`,
      [device.id],
    );
    taken.length = 0;
    await upload(hub, device, entries.slice(2, 3));
    await upload(hub, device, entries.slice(3));
    expect(taken).toEqual(['none', 'one']); // and is remembered where it stands now
    const [head] = await hub.sql.query<{ other_gate: number }>(
      'select other_gate from device_heads where device = $1',
      [device.id],
    );
    expect(head?.other_gate).toBe(2);
  });
});

// the embedded one has one connection: nobody waits
const servers = databases.filter(({ name }) => name.startsWith('PostgreSQL'));

describe.each(servers)('an upload that waits for the head of its device, on $name', ({ open }) => {
  const taken: string[] = [];
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(watched(await open(), taken));
  });
  afterAll(() => hub.sql.close());

  it('goes on behind what came into quarantine meanwhile', async () => {
    const device = await enrolled(hub);
    const log = await someEntries(4, device.id);
    const [, , third, fourth] = log;
    await upload(hub, device, log.slice(0, 2));
    taken.length = 0;
    const uploading = await hub.sql.transaction(async (tx) => {
      await tx.query('select seq from device_heads where device = $1 for update', [device.id]);
      const waiting = upload(hub, device, log.slice(2, 3));
      await wait(300);
      await tx.query(
        `insert into quarantine
           (device, trusted, received_at, seq, entry_sha256, reason, prev, hash, entry)
         values ($1, true, 0, 4, 'x', 'shape', $2, $3, '')`,
        [device.id, third?.hash, fourth?.hash],
      );
      await tx.query(`update device_heads set receipt = 'another' where device = $1`, [device.id]);
      return { waiting };
    });
    expect((await uploading.waiting).opened).toMatchObject({ seq: 4, head: fourth?.hash });
    expect(taken).toEqual(['none']);
  });
});
