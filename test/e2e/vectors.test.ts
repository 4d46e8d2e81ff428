import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toBase64url } from '../../src/core/base64url.ts';
import { demoTrust } from '../../src/demo/demo-trust.ts';
import { freshContext } from '../support/chromium.ts';
import { readVectors, trustTime } from '../support/vector-case.ts';
import type { Judge, PackedTrust } from '../support/vector-page/main.ts';

const cases = readVectors();
let outDir: string;
let server: Awaited<ReturnType<typeof preview>>;
let browser: BrowserContext;

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'kakou-vectors-'));
  const root = join(import.meta.dirname, '..', 'support', 'vector-page');
  const shared = { root, configFile: false, logLevel: 'error' } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  browser = await freshContext();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(outDir, { recursive: true, force: true });
});

it('every vector ends in its own verdict in a real browser too', async () => {
  const sets: Record<string, PackedTrust> = {};
  for (const one of cases) {
    if (sets[one.trust]) continue;
    const { pinnedRoot, bundle, lists } = await demoTrust(trustTime(one));
    sets[one.trust] = { pinnedRoot: toBase64url(pinnedRoot), bundle: toBase64url(bundle), lists };
  }
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction('globalThis.judge');
  const verdicts = await page.evaluate(
    ([given, trust]) => (globalThis as unknown as { judge: Judge }).judge(given, trust),
    [cases, sets] as const,
  );
  expect(verdicts).toEqual(cases.map(({ expect: { state, reason } }) => `${state}/${reason}`));
});
