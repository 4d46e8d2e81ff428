import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '..', '..', 'docs', 'ha');

export type ConfigName = 'patroni.yml' | 'haproxy.cfg' | 'pgbouncer.ini' | 'nginx.conf';

/** What a change finds is replaced; one that finds nothing is a mistake. */
export type Change = readonly [found: string | RegExp, by: string];

/** A file of the recipe in docs/growing.md, with the places of this machine instead of its own. */
export function writeConfig(name: ConfigName, folder: string, changes: readonly Change[]): string {
  let text = readFileSync(join(docs, name), 'utf8');
  for (const [found, by] of changes) {
    if (text.split(found).length < 2) throw new Error(`${name} has no ${found}`);
    text = text.replaceAll(found, by);
  }
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o644 });
  return path;
}
