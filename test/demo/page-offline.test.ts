import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { codeReader, serveCitizenPage, verdictOf } from '../support/citizen-page.ts';
import { runHub } from '../support/running-hub.ts';

// a browser on a busy machine takes its time
vi.setConfig({ testTimeout: 90_000 });
const patient = { timeout: 15_000 };
const dayCode = '离线码（每日联网一次）';
let read: (page: Page) => Promise<string>;
let host: Awaited<ReturnType<typeof serveCitizenPage>>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  host = await serveCitizenPage();
  read = await codeReader();
});
afterAll(() => host?.close());
// a new phone each time: the clock, the key and the credential of one test are no other's
beforeEach(async () => {
  context = await freshContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
  page = await context.newPage();
  await page.goto(host.address);
  await page.locator('canvas').waitFor();
});
afterEach(() => context.close());

const readCode = () => read(page);

/** The kind made on the phone; the issuer is asked only if there is no credential for it yet. */
const chooseDayCode = async () => {
  await page.getByLabel(dayCode, { exact: true }).check();
  await expect.poll(readCode, patient).toMatch(/^KK2:/);
};

const credentialLine = () => page.locator('#credential').textContent();

test('the day code is made on the phone with the network off, after a reload too, and goes stale', async () => {
  await chooseDayCode();
  await expect
    .poll(credentialLine, patient)
    .toMatch(/当日凭证有效至 \d\d-\d\d \d\d:\d\d，断网也能用/);
  const online = await readCode();
  await context.setOffline(true);
  await page.reload();
  await page.locator('canvas').waitFor();
  const offline = await readCode();
  expect(offline).toMatch(/^KK2:/);
  expect(offline).not.toBe(online);
  expect(await verdictOf(offline)).toBe('pass/admitted');
  expect(await verdictOf(offline, 91)).toBe('stop/stale');
  expect(await credentialLine()).toContain('断网也能用');
  expect(await page.getByRole('alert').isVisible()).toBe(false);
});

test('offline the day code is stamped anew every 15 seconds', async () => {
  await chooseDayCode();
  await expect.poll(credentialLine, patient).toContain('断网也能用');
  await context.setOffline(true);
  await page.clock.install();
  await page.reload();
  await page.locator('canvas').waitFor();
  const first = await readCode();
  await page.clock.runFor(16_000);
  await expect.poll(readCode, patient).not.toBe(first);
  expect(await readCode()).toMatch(/^KK2:/);
});

test('a day code never fetched says that it needs the network once, and a spent one that the day is over', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.getByLabel('橙码', { exact: true }).check();
  await page.getByLabel(dayCode, { exact: true }).check();
  await expect
    .poll(() => page.getByRole('alert').textContent(), patient)
    .toContain('第一次使用要联网');
  await context.setOffline(false);
  await page.locator('canvas').waitFor();
  await context.setOffline(true);
  await page.clock.install({ time: Date.now() + 19 * 3_600_000 });
  await page.reload();
  await expect.poll(credentialLine, patient).toContain('联网时会自动续期');
  await page.clock.setFixedTime(Date.now() + 24 * 3_600_000);
  await page.reload();
  await expect
    .poll(() => page.getByRole('alert').textContent(), patient)
    .toContain('当日凭证已到期');
  expect(await page.locator('canvas').isVisible()).toBe(false);
});

test("the phone's key cannot be taken out of the browser, and is the same after a reload", async () => {
  await chooseDayCode();
  const keyInStore = () =>
    page.evaluate(
      () =>
        new Promise<{ extractable: boolean; x: string }>((resolve, reject) => {
          const opening = indexedDB.open('kakou-demo-holder');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const asked = opening.result.transaction('key').objectStore('key').get('holder');
            asked.onsuccess = () => {
              const { privateKey, jwk } = asked.result;
              opening.result.close();
              resolve({ extractable: privateKey.extractable, x: jwk.x });
            };
          };
        }),
    );
  const before = await keyInStore();
  expect(before).toEqual({ extractable: false, x: expect.stringMatching(/^[\w-]{43}$/) });
  await page.reload();
  await page.locator('canvas').waitFor();
  expect(await keyInStore()).toEqual(before);
});

test("the page's worker keeps to /demo/ and to its own cache", async () => {
  await chooseDayCode();
  await expect.poll(credentialLine, patient).toContain('断网也能用');
  const found = await page.evaluate(async () => ({
    scopes: (await navigator.serviceWorker.getRegistrations()).map(
      ({ scope }) => new URL(scope).pathname,
    ),
    caches: await caches.keys(),
  }));
  expect(found).toEqual({ scopes: ['/demo/'], caches: ['kakou-demo-page'] });
});

test('scanner and citizen page on one origin are each themselves offline', async () => {
  const hub = await runHub();
  const kept = () => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.goto(hub.url);
  await kept();
  await page.goto(`${hub.url}demo/`);
  await chooseDayCode();
  await expect.poll(credentialLine, patient).toContain('断网也能用');
  await context.setOffline(true);
  await page.goto(hub.url);
  expect(await page.locator('#qr').count()).toBe(0);
  await page.getByRole('button').first().waitFor();
  await page.goto(`${hub.url}demo/`);
  await expect.poll(readCode, patient).toMatch(/^KK2:/);
  expect(await verdictOf(await readCode())).toBe('pass/admitted');
  await context.setOffline(false);
  await hub.close();
});
