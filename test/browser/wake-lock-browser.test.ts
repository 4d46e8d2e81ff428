import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SuiteServer, serveSuite } from '../support/browser-suite.ts';
import { launch } from '../support/chromium.ts';

let server: SuiteServer;
let context: BrowserContext;
beforeAll(async () => {
  server = await serveSuite();
  context = await launch({ whole: true });
});
afterAll(async () => {
  await context?.close();
  await server?.close();
});

test('a real browser keeps the screen on while asked, under our policy, and lets it go', async () => {
  const page = await context.newPage();
  await page.goto(server.url);
  const awake = () => page.evaluate(async () => (await window.kakou.device.phone()).awake());
  const keep = (wanted: boolean) =>
    page.evaluate(async (on) => (await window.kakou.device.phone()).keepAwake(on), wanted);
  expect(await awake()).toBe('off');
  await keep(true);
  await expect.poll(awake).toBe('on');
  await keep(false);
  await expect.poll(awake).toBe('off');
});
