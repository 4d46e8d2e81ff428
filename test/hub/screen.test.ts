import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import { expect, it } from 'vitest';
import { sixDigits, spaced } from '../../src/core/enrol/fingerprint.ts';
import { prepareData } from '../support/built-hub.ts';
import { testKey } from '../support/log-entries.ts';
import { enrolToken } from '../support/test-hub.ts';

const isLine = (text: string) => text.trim().startsWith('{');

it('on a screen the address is the last thing said, whoever asks for what, but for the six digits of a phone', async () => {
  const data = mkdtempSync(join(tmpdir(), 'kakou-screen-'));
  await prepareData(data);
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
  const code = await fetch(`${base}demo/enrolment-code`, { method: 'POST', body: '{}' });
  const key = await testKey();
  const proof = await enrolToken(((await code.json()) as { code: string }).code, key);
  await fetch(`${base}v1/devices`, { method: 'POST', body: proof });
  const digits = sixDigits(await calculateJwkThumbprint(key.jwk));
  const shown = `enrolled at demo-gate: six digits ${spaced(digits)}`;
  await expect.poll(() => said, { timeout: 10_000 }).toContain(shown);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin.write('\x03');
  await ended;
  expect(said.split('\n').filter(isLine)).toEqual([]);
  rmSync(data, { recursive: true });
});
