import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { staticFiles } from '../../../src/node/http/static.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakou-static-'));
mkdirSync(join(folder, 'citizen'));
for (const name of ['index.html', 'citizen/index.html']) writeFileSync(join(folder, name), name);
afterAll(() => rmSync(folder, { recursive: true }));

const at = async (options: Parameters<typeof staticFiles>[1], path: string) => {
  const answer = await staticFiles(folder, options).request(path);
  return answer.status === 200 ? answer.text() : answer.status;
};

it('a folder of another program’s is left out whole', async () => {
  expect(await at({}, '/citizen/')).toBe('citizen/index.html');
  expect(await at({ without: 'citizen' }, '/citizen/')).toBe(404);
  expect(await at({ without: 'citizen' }, '/citizen/index.html')).toBe(404);
  expect(await at({ without: 'citizen' }, '/citizen')).toBe(404);
  expect(await at({ without: 'citizen' }, '/')).toBe('index.html');
});

it('a folder is served below a path, and nothing beside it', async () => {
  expect(await at({ below: '/there' }, '/there/')).toBe('index.html');
  expect(await at({ below: '/there' }, '/')).toBe(404);
});
