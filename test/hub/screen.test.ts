import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const isLine = (text: string) => text.trim().startsWith('{');

it('on a screen the address is the last thing said, whoever asks for what', async () => {
  const data = mkdtempSync(join(tmpdir(), 'kakou-screen-'));
  const hub = `${process.execPath} --import tsx src/hub/main.ts --port 0 --no-app --data ${data}`;
  const env = { ...process.env, DATABASE_URL: '' };
  // `script` gives the program a terminal of its own
  const child = spawn('script', ['-qec', `exec ${hub}`, '/dev/null'], { env });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/localhost:\d+\/v1\/[\s\S]*data /);
  const base = /http:\/\/localhost:\d+\//.exec(said)?.[0] ?? '';
  for (const path of ['v1/bundle', 'healthz', 'nothing']) await fetch(base + path);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin.write('\x03');
  await ended;
  expect(said.split('\n').filter(isLine)).toEqual([]);
  rmSync(data, { recursive: true });
});
