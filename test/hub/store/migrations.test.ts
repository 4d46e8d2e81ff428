import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/hub/store/migrations.ts';
import { verifyLog } from '../../../src/hub/store/proof/verify-log.ts';
import type { Sql } from '../../../src/node/database.ts';
import { databases } from '../../support/databases.ts';
import { someEntries } from '../../support/log-entries.ts';
import { enrolled, testHub, upload } from '../../support/test-hub.ts';
import { undoCounting } from '../../support/undo-counting.ts';

const newest = Array.from({ length: 20 }, (_, i) => ({ version: i + 1 }));

describe.each(databases)('the database on $name', ({ open }) => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await open();
  });
  afterAll(() => sql.close());

  it('is migrated once, however many hubs start at the same time', async () => {
    await Promise.all([migrate(sql), migrate(sql), migrate(sql)]);
    expect(await sql.query('select version from migrations order by version')).toEqual(newest);
  });

  it('gives big numbers back as numbers', async () => {
    const [row] = await sql.query('select $1::bigint as big', [Number.MAX_SAFE_INTEGER]);
    expect(row).toEqual({ big: Number.MAX_SAFE_INTEGER });
  });

  it('undoes everything a failed transaction did, and works on', async () => {
    const failing = sql.transaction(async (tx) => {
      await tx.query('insert into migrations values (99)');
      throw new Error('on the way');
    });
    await expect(failing).rejects.toThrow('on the way');
    expect(await sql.query('select 1 from migrations where version = 99')).toEqual([]);
  });

  it('takes a value as a value, whatever SQL is in it', async () => {
    const evil = "'; drop table scans; --";
    expect(await sql.query('select $1::text as text', [evil])).toEqual([{ text: evil }]);
    expect(await sql.query('select count(*) as n from scans')).toEqual([{ n: 0 }]);
  });

  it('is brought up to date from migration 1 with all its rows', async () => {
    const hub = await testHub(sql);
    const device = await enrolled(hub);
    const entries = await someEntries(6, device.id);
    await upload(hub, device, entries.slice(0, 4));
    // what came later, undone: the database as it was after migration 1
    await sql.query('drop index scans_shift_marks');
    await sql.query('drop index scans_newest_shifts');
    await sql.query(
      'alter table device_heads drop column forgotten_seq, drop column forgotten_hash',
    );
    for (const table of ['passkeys', 'invitations', 'sessions', 'challenges', 'log', 'log_head'])
      await sql.query(`drop table operator_${table}`);
    await sql.query('drop table operators, sign_in_tries');
    await sql.query('drop table gates');
    await sql.query('drop table sites');
    await sql.query('alter table devices drop column gate_id, drop column confirmed_at');
    await sql.query('drop table store_probe');
    await sql.query('drop table signed_time');
    await sql.query('drop table authority');
    await sql.query('drop table batches');
    await sql.query('drop table proofs');
    await sql.query('alter table enrol_codes drop column pin, drop column device');
    await sql.query('alter table devices drop column record');
    await sql.query('alter table quarantine drop column dropped');
    await sql.query('alter table device_heads drop column unkept, drop column given_up');
    await sql.query('alter table device_heads drop column other_gate, drop column untrusted');
    await undoCounting(sql);
    await sql.query('delete from migrations where version > 1');
    await migrate(sql);
    expect(await sql.query('select version from migrations order by version')).toEqual(newest);
    // a gate of before is one an operator finds, and its phone stands there
    expect(await sql.query('select id, venue, region from gates')).toEqual([
      { id: 'demo-gate', venue: 'residential', region: 'CN-TJ' },
    ]);
    expect(await sql.query('select gate_id from devices')).toEqual([{ gate_id: 'demo-gate' }]);
    const made = await sql.query<{ name: string }>(
      `select distinct indexname as name from pg_indexes
       where indexname like 'scans\\_%' and tablename = 'scans' order by name`,
    );
    expect(made.map(({ name }) => name).filter((name) => !name.startsWith('scans_pkey'))).toEqual([
      ...['scans_by_gate', 'scans_by_outcome', 'scans_by_pass', 'scans_by_reason'],
      ...['scans_by_root', 'scans_by_shift', 'scans_by_state', 'scans_by_time'],
      ...[
        'scans_marks_by_gate',
        'scans_newest_marks',
        'scans_newest_shifts',
        'scans_shift_marks',
        'scans_uncounted',
      ],
    ]);
    expect((await upload(hub, device, entries)).opened.seq).toBe(6);
    expect(await verifyLog(sql, device.id)).toMatchObject({ entries: 6, head: { seq: 6 } });
  });
});
