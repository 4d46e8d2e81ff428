import { expect, it } from 'vitest';
import { openEmbedded } from '../support/embedded.ts';

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
