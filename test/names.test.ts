import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join('src', name));

it('no file is named for when it loads or that it was left over', () => {
  const odd = /^(hand|more)-|-(late|parts)\./;
  expect(files.map((file) => basename(file)).filter((name) => odd.test(name))).toEqual([]);
});

it('what a topic needs is called its needs, and nothing is called late, more or parts', () => {
  const told = /^\s*(?:export )?(?:interface|type|const|(?:async )?function) (\w+)/gm;
  const odd = /^(late|more)[A-Z]|Parts$|^(?!is)\w*Late$/;
  const found = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(told)].flatMap(([, name = '']) =>
      odd.test(name) ? [`${file}: ${name}`] : [],
    ),
  );
  expect(found).toEqual([]);
});
