import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSuite, type SuiteServer, serveSuite } from '../../support/browser-suite.ts';
import { launch } from '../../support/chromium.ts';

let server: SuiteServer;
let context: BrowserContext;
let page: Page;

const version = () => page.evaluate(() => document.documentElement.dataset['version']);
const updates = () => page.evaluate(() => window.kakou.seen.updates);

beforeAll(async () => {
  server = await serveSuite();
  server.respond = (request, response) => {
    if (!/^\/(v1|demo|healthz|metrics)/.test(request.url ?? '')) return false;
    response.writeHead(200, { 'content-type': 'text/html' }).end('from the hub');
    return true;
  };
  context = await launch();
  page = await context.newPage();
  await page.goto(server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
});
afterAll(async () => {
  await context?.close();
  await server?.close();
});

test('a cold start with no network opens the app, whatever its address, engine included', async () => {
  await context.setOffline(true);
  await page.goto(`${server.url}/shift?from=home`);
  expect(await version()).toBe('1');
  const engine = await page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((key) => key.includes('precache'));
    const requests = await (await caches.open(name ?? '')).keys();
    const wasm = requests.find(({ url }) => url.includes('.wasm'))?.url ?? '';
    return (await fetch(wasm.replace(/\?.*/, ''))).arrayBuffer().then((body) => body.byteLength);
  });
  expect(engine).toBeGreaterThan(500_000);
  await context.setOffline(false);
});

test.each(['/v1/bundle', '/demo/', '/healthz', '/metrics'])(
  'a visit to %s goes to the hub and never gets the app from the cache',
  async (path) => {
    await page.goto(server.url + path);
    expect(await page.textContent('body')).toBe('from the hub');
  },
);

test('a new version waits through reloads until it is asked for, then it is there at once', async () => {
  await page.goto(server.url);
  await buildSuite(server.folder, '2');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(updates).toBe(1);
  await page.reload();
  expect(await version()).toBe('1');
  await expect.poll(updates).toBe(1);
  const reloaded = page.waitForEvent('load');
  await page.evaluate(() => window.kakou.device.applyUpdate());
  await reloaded;
  expect(await version()).toBe('2');
});

test('the old version leaves nothing behind in the cache', async () => {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const [name] = await caches.keys();
        const requests = await (await caches.open(name ?? '')).keys();
        return requests.filter(({ url }) => url.includes('/assets/index-')).length;
      }),
    )
    .toBe(1);
});

test('a message of another kind activates nothing', async () => {
  await buildSuite(server.folder, '3');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(updates).toBe(1);
  await page.evaluate(async () => {
    (await navigator.serviceWorker.ready).waiting?.postMessage({ type: 'PLEASE' });
    (await navigator.serviceWorker.ready).waiting?.postMessage(null);
  });
  await page.waitForTimeout(300);
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state),
  ).toBe('installed');
});
