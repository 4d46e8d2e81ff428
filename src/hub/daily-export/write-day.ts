import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochMillis } from '../../core/units.ts';
import { codeOf, type Sql } from '../../node/database.ts';
import { csvHead, csvLine, jsonLine } from '../export/entry-lines.ts';
import { readEntries } from '../export/read-entries.ts';
import { recordAct } from '../operators/act-log.ts';
import { dayBegins } from '../zone.ts';

const dayMs = 24 * 3_600_000;

/** The day after this one, both as in `2027-01-31`. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

export const filesOf = (folder: string, day: string) => ({
  csv: join(folder, `kakou-${day}.csv`),
  jsonl: join(folder, `kakou-${day}.jsonl`),
});

/** Whether both files of the day are there, whoever wrote them. */
export function isWritten(folder: string, day: string): boolean {
  const { csv, jsonl } = filesOf(folder, day);
  return existsSync(csv) && existsSync(jsonl);
}

/**
 * Writes what the hub took in on a day, by the clock of the place, as CSV and as JSON lines: each file
 * is there whole or not at all, for its owner alone, and one that is there is never written over. An
 * act says so first. How many entries it holds.
 */
export async function writeDay(
  sql: Sql,
  folder: string,
  day: string,
  now: EpochMillis,
): Promise<number> {
  const files = filesOf(folder, day);
  const parts = {
    csv: `${files.csv}.part-${process.pid}`,
    jsonl: `${files.jsonl}.part-${process.pid}`,
  };
  try {
    const entries = await writeEntries(sql, parts, day);
    const facts = { day, entries, format: 'csv, jsonl' };
    const act = { at: now, by: 'command-line', act: 'exported', facts } as const;
    await sql.transaction((tx) => recordAct(tx, act));
    await keep(parts.csv, files.csv);
    await keep(parts.jsonl, files.jsonl);
    return entries;
  } finally {
    for (const part of Object.values(parts)) await rm(part, { force: true }).catch(() => undefined);
  }
}

async function writeEntries(
  sql: Sql,
  parts: { readonly csv: string; readonly jsonl: string },
  day: string,
): Promise<number> {
  const received = { from: dayBegins(day), until: dayBegins(dayAfter(day)) };
  let entries = 0;
  const csv = await open(parts.csv, 'w', 0o600);
  const jsonl = await open(parts.jsonl, 'w', 0o600).catch(async (error) => {
    await csv.close();
    throw error;
  });
  try {
    await csv.writeFile(csvHead);
    for await (const page of readEntries(sql, { received })) {
      entries += page.length;
      await csv.writeFile(page.map(csvLine).join(''));
      await jsonl.writeFile(page.map(jsonLine).join(''));
    }
    await csv.sync();
    await jsonl.sync();
  } finally {
    await csv.close();
    await jsonl.close();
  }
  return entries;
}

/** Gives it its name, unless something has it: by a link, which never replaces what is there. */
async function keep(part: string, file: string): Promise<void> {
  try {
    await link(part, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    // a file system without links
    if (!/^(EPERM|ENOTSUP|ENOSYS|EOPNOTSUPP|EINVAL)$/.test(codeOf(error) ?? '')) throw error;
    if (!existsSync(file)) await rename(part, file);
  }
}
