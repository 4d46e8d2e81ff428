import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { zhCn } from '../../../src/scanner/words/zh-CN/first.ts';

/** Files that come with the page itself: what main.tsx reaches without loading anything later. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  const imports = /^\s*(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s)?'(\.[^']+)'/gm;
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(imports)) {
    reached(join(dirname(file), name), seen);
  }
  return seen;
}

it('what the start of the page says is there without loading the words of later screens', () => {
  const files = [...reached('src/scanner/main.tsx')].filter((file) => file.includes('/ui/'));
  expect(files.length).toBeGreaterThan(15);
  const said = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([a-z][\w.-]+)'/g)].map(([, key = '']) => ({
      file,
      key,
    })),
  );
  expect(said.length).toBeGreaterThan(20);
  expect(said.filter(({ key }) => !(key in zhCn))).toEqual([]);
});
