import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..', '..', '..', 'src');
/** The hub's own, and what it shares with the issuing side. */
const folders = ['hub', join('node', 'store')];

/** Every text of the hub's sources that has SQL in it, by file. */
const statements = folders
  .flatMap((folder) =>
    readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) => {
    const source = readFileSync(join(src, file), 'utf8').replace(
      /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm,
      '',
    );
    const texts = source.match(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g) ?? [];
    return texts
      .filter((text) =>
        /\b(select|insert into|update \w+ set|delete from|create|alter|drop) /i.test(text),
      )
      .map((text) => ({ file, text }));
  });

const using = (pattern: RegExp) => statements.filter(({ text }) => pattern.test(text));

describe('the SQL of the hub', () => {
  it('is found where it is', () => {
    expect(new Set(statements.map(({ file }) => file)).size).toBeGreaterThanOrEqual(8);
    expect(statements.length).toBeGreaterThan(25);
  });

  it.each([
    ['an extension', /\bextension\b/i],
    ['a sequence of the database', /\b(big|small)?serial\b|\bidentity\b|\bnextval\b/i],
    ['a trigger, a rule or a procedure', /\btrigger\b|\brule\b|\bfunction\b|\bplpgsql\b|\bdo \$/i],
    ['notification', /\b(un)?listen\b|\bnotify\b/i],
    [
      'where a row lies, or the system catalogue',
      /\bctid\b|\btableoid\b|\bpg_catalog\b|\bpg_class\b/i,
    ],
    [
      'a special index or storage',
      /\busing (gin|gist|brin|hash|spgist)\b|\bwith \(|\btablespace\b/i,
    ],
    ['a type of its own', /\bcreate (type|domain|enum)\b/i],
    ['the clock of the database', /\bnow\(\)|\bcurrent_timestamp\b|\bcurrent_date\b/i],
    ['a lock on a table', /\block table\b|\bskip locked\b|\bnowait\b/i],
    ['bulk copying or cursors', /\bcopy\b|\bdeclare\b/i],
  ])('needs no %s', (_, pattern) => {
    expect(using(pattern)).toEqual([]);
  });

  it('takes an advisory lock in the migration alone, and has the health check write a file', () => {
    expect(new Set(using(/\bpg_\w+/).map(({ file }) => file))).toEqual(
      new Set([join('node', 'store', 'migrate.ts'), join('hub', 'store', 'probe.ts')]),
    );
  });

  it('guards the rows of scans by the locked head, not by a conflict a partitioned key cannot see', () => {
    const inserts = using(/insert into scans\b/);
    expect(inserts).toHaveLength(1);
    expect(inserts.filter(({ text }) => /on conflict/.test(text))).toEqual([]);
  });
});
