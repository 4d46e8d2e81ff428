import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../../src/hub/store/migrations.ts';
import type { Sql } from '../../src/node/database.ts';
import { operating } from '../../src/node/patience.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { onceARun } from './once-a-run.ts';
import { startPostgres, stopPostgres } from './postgres-server.ts';

const name = 'postgres';
const quiet = () => {};

/** What a database is a copy of: made once a run by the first test that wants one like it. */
export interface Template {
  readonly name: string;
  make(sql: Sql): Promise<unknown>;
}

export const migrated: Template = { name: 'migrated', make: migrate };

/**
 * A database of its own, migrated and empty, on the one PostgreSQL server of the run. The server is
 * everybody's: a test that kills or fills one starts its own by `startPostgres`. Its files are copied
 * and not written once more to the log, which for the many of a partitioned one is half the time.
 */
export async function openShared(bin: string, template = migrated): Promise<Sql> {
  const folder = await onceARun(name, (made) => startShared(bin, made));
  const { url } = read(folder);
  await onceARun(`${name}-${template.name}`, () => makeTemplate(url, template));
  const own = `t_${randomBytes(8).toString('hex')}`;
  const copy = `create database ${own} template ${template.name} strategy file_copy`;
  await asOperator(url, (sql) => sql.query(copy));
  return openPostgres(databaseOf(url, own), quiet);
}

/** Ends the run's server, if any test of it wanted one. */
export function stopShared(runFolder: string): void {
  try {
    const { bin, data } = read(join(runFolder, 'once', name));
    stopPostgres(bin, data);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** CPU seconds so far of the run's server and of its processes that have ended, which no test file is charged with. */
export function sharedCpuS(runFolder: string): number {
  try {
    const { data } = read(join(runFolder, 'once', name));
    const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const [, stat = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const ticks = stat.split(' ').slice(11, 15).map(Number);
    return ticks.reduce((all, some) => all + some, 0) / 100;
  } catch {
    return 0; // no test wanted one, or not Linux
  }
}

/** Nothing here outlives the run, so nothing is written through to the disk. */
async function startShared(bin: string, folder: string): Promise<void> {
  const { url, data } = await startPostgres(bin, '-c fsync=off -c max_connections=200');
  writeFileSync(join(folder, 'server.json'), JSON.stringify({ bin, data, url }));
}

async function makeTemplate(url: string, template: Template): Promise<void> {
  await asOperator(url, (sql) => sql.query(`create database ${template.name}`));
  await asOperator(databaseOf(url, template.name), (sql) => template.make(sql));
}

/** With an operator's patience: on a busy machine this takes longer than a phone would wait. */
async function asOperator(url: string, work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const sql = await openPostgres(url, quiet, operating);
  await work(sql).finally(() => sql.close());
}

function read(folder: string): { bin: string; data: string; url: string } {
  return JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8'));
}

const databaseOf = (url: string, database: string) => url.replace(/[^/]+$/, database);
