import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { asItBegan, beginningOf } from '../support/as-it-began.ts';
import { openEmbedded, templateFiles } from '../support/embedded.ts';

const shape = `select string_agg(concat_ws(' ', table_name, column_name, data_type, column_default), ','
  order by table_name, ordinal_position) as text from information_schema.columns
  where table_schema = 'public'`;
const rows = "select count(*) as n from devices where gate = 'g'";
const mark =
  "select shobj_description(oid, 'pg_database') as text from pg_database where datname = current_database()";

it('an embedded database that is given on has nothing of the test before, whatever that did', async () => {
  const first = await openEmbedded();
  const [fresh] = await first.query(shape);
  await first.query("insert into devices (id, jwk, gate, enrolled_at) values ('d', 'j', 'g', 1)");
  await first.query('drop table scans cascade');
  await first.query('create table mine (n int)');
  await first.query('set search_path = pg_catalog');
  await first.query("comment on database postgres is 'given on'"); // stays: by it we see which one it is
  await first.close();
  await expect(first.query('select 1')).rejects.toThrow('not available');
  await expect(first.transaction(async () => 1)).rejects.toThrow('closed');

  const second = await openEmbedded();
  const beside = await openEmbedded();
  expect(await second.query(mark)).toEqual([{ text: 'given on' }]);
  expect(await beside.query(mark)).not.toEqual([{ text: 'given on' }]);
  expect(await second.query(shape)).toEqual([fresh]);
  expect(await second.query(rows)).toEqual([{ n: 0 }]);
  await beside.close();
  await second.query('create schema elsewhere');
  await second.close();

  const third = await openEmbedded(); // what cannot be emptied is not given on
  expect(await third.query(mark)).not.toEqual([{ text: 'given on' }]);
  await third.close();
});

/** Another one for each database, and no test can change it. */
const which = 'select pg_postmaster_start_time()::text as text';
/** Everything that is in it, and in what words its tables are made. */
const all = `select string_agg(concat_ws(' ', table_name, query_to_xml(
    'select * from ' || table_name || ' order by 1', true, false, '')::text), ',' order by table_name) as text
  from information_schema.tables where table_schema = 'public'`;
it('of which only rows were changed is given on with those it began with, itself', async () => {
  const first = await openEmbedded();
  const [it, began] = [await first.query(which), await first.query(all)];
  await first.query("insert into devices (id, jwk, gate, enrolled_at) values ('d', 'j', 'g', 1)");
  await first.query(
    "insert into scans (device, trusted, received_at, seq, at, shift, gate, type, prev, hash, entry) values ('d', true, 1, 1, 1, 's', 'g', 't', 'p', 'h', 'e')",
  );
  await first.query('update operator_log_head set seq = 5');
  await first.query('delete from hub_hours_compared');
  await first.query('insert into store_probe values (7)');
  await first.query('insert into migrations values (999)');
  await first.query('create temporary table mine (n int)');
  await first.query('set search_path = pg_catalog');
  await first.close();
  const second = await openEmbedded();
  expect(await second.query(which)).toEqual(it);
  expect(await second.query(all)).toEqual(began);
  await expect(second.query('select * from mine')).rejects.toThrow('mine');
  await second.close();
});

it('of which anything but rows was changed is not taken for as it began', async () => {
  const db = await PGlite.create('memory://', { loadDataDir: await templateFiles() });
  await db.query("insert into devices (id, jwk, gate, enrolled_at) values ('d', 'j', 'g', 1)");
  const began = await beginningOf(db);
  for (const change of [
    "alter table devices alter column id set default 'x'",
    'alter table devices alter column jwk drop not null',
    'alter table devices rename column jwk to key',
    'alter table devices set (fillfactor = 50)',
    'alter table devices enable row level security',
    'alter table devices add check (enrolled_at > 0)',
    'create index mine on devices (jwk)',
    'drop index devices_at_gate',
    'create table mine (n int)',
    'create view mine as select 1 as n',
    'create sequence mine',
    'create schema mine',
    "create type mine as enum ('a')",
    'create function mine() returns int language sql as $$ select 1 $$',
    'create rule mine as on delete to devices do instead nothing',
    "alter database postgres set timezone = 'Asia/Shanghai'",
    'create role mine',
    'analyze devices',
  ])
    await db.transaction(async (tx) => {
      await tx.query(change);
      expect.soft(await asItBegan(tx, began), change).toBe(false);
      await tx.rollback();
    });
  expect(await asItBegan(db, began)).toBe(true);
  await db.close();
});
