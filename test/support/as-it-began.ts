import type { PGlite } from '@electric-sql/pglite';

type Database = Pick<PGlite, 'query'>;

/** What a migrated database held before its first test. */
export interface Beginning {
  /** Of all its catalogues: another one when a test has changed anything but rows. */
  readonly shape: string;
  /** The few rows that migrations put in, as JSON by table. */
  readonly rows: ReadonlyMap<string, string>;
}

export async function beginningOf(db: Database): Promise<Beginning> {
  const rows = new Map<string, string>();
  for (const table of await written(db)) rows.set(table, await rowsOf(db, table));
  return { shape: await shapeOf(db), rows };
}

/**
 * Leaves the rows of the beginning and no others, in a fraction of the time that migrating anew takes; false, and
 * nothing done, where a test has changed more than rows. What belongs to the session is the caller's to discard.
 */
export async function asItBegan(db: Database, { shape, rows }: Beginning): Promise<boolean> {
  if ((await shapeOf(db)) !== shape) return false;
  const changed = new Set(await written(db));
  for (const [table, began] of rows)
    if ((await rowsOf(db, table)) === began) changed.delete(table);
    else changed.add(table);
  if (changed.size === 0) return true;
  await db.query(`truncate ${[...changed].join(', ')} restart identity cascade`);
  for (const [table, began] of rows) {
    if ((await rowsOf(db, table)) === began) continue;
    const put = `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`;
    await db.query(put, [began]);
  }
  return true;
}

/** Tables that something was ever written to since they were made or last truncated. */
async function written(db: Database): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relnamespace = 'public'::regnamespace
       and relkind = 'r' and pg_relation_size(oid) > 0 order by oid`,
  );
  return rows.map(({ name }) => name);
}

async function rowsOf(db: Database, table: string): Promise<string> {
  const all = `select coalesce(json_agg(row order by ctid), '[]')::text as all from ${table} as row`;
  const { rows } = await db.query<{ all: string }>(all);
  return rows[0]?.all ?? '';
}

/**
 * Whoever changes a catalogue leaves a row fewer, or one of a newer transaction. A truncated table's row
 * in pg_class is new too, so there all is compared but where its file is and what is in that.
 */
async function shapeOf(db: Database): Promise<string> {
  const { rows } = await db.query<{ shape: string }>(await shapeQuery(db));
  return rows[0]?.shape ?? '';
}

async function shapeQuery(db: Database): Promise<string> {
  if (asked) return asked;
  const { rows } = await db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'pg_catalog'::regnamespace
       and relkind = 'r' and relname not in ('pg_class', 'pg_namespace') order by relname`,
  );
  const counts = rows.map(({ name }) => `(select ${newest} from ${name})`);
  asked = `select concat_ws(' ', ${[...counts, `(${namespaces})`, `(${classes})`].join(', ')}) as shape`;
  return asked;
}

let asked: string | undefined;
const newest = "concat(count(*), ':', max(xmin::text::bigint))";
/** One for temporary tables is made by the first of them and stays. */
const namespaces = `select ${newest} from pg_namespace where nspname !~ '^pg_(toast_)?temp_'`;
const fileOf = [
  'relfilenode',
  'relpages',
  'reltuples',
  'relallvisible',
  'relfrozenxid',
  'relminmxid',
];
const classes = `select md5(string_agg((to_jsonb(c) - '{${fileOf.join(',')}}'::text[])::text, '' order by oid))
  from pg_class as c where oid >= 16384`;
