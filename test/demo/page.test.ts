import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { codeReader, serveCitizenPage, verdictOf } from '../support/citizen-page.ts';

// a browser on a busy machine takes its time
vi.setConfig({ testTimeout: 90_000 });
const patient = { timeout: 15_000 };
const dayCode = '离线码（每日联网一次）';
let read: (page: Page) => Promise<string>;
let host: Awaited<ReturnType<typeof serveCitizenPage>>;
let context: BrowserContext;
let page: Page;
let complaints: string[] = [];

beforeAll(async () => {
  host = await serveCitizenPage();
  read = await codeReader();
  context = await freshContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
});
afterAll(async () => {
  await context?.close();
  host?.close();
});
beforeEach(async () => {
  host.setDown(false);
  complaints = [];
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(host.address);
  await page.locator('canvas').waitFor();
});
afterEach(async () => {
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

const readCode = () => read(page);

/** Of the band and of the frame around the code. */
const colours = () =>
  page.evaluate(() => {
    const style = (selector: string) =>
      getComputedStyle(document.querySelector(selector) ?? document.body);
    return [style('.band').backgroundColor, style('.quiet').borderBottomColor];
  });

const choose = async (label: string) => {
  const answered = page.waitForResponse((response) => response.url().includes('/demo/pass?'));
  await page.getByLabel(label, { exact: true }).check();
  await answered;
  await page.locator('canvas').waitFor();
};

test('the code on screen is a pass, and stays one after every choice', async () => {
  expect(await verdictOf(await readCode())).toBe('pass/admitted');
  await choose('JWT');
  expect(await readCode()).toMatch(/^eyJ/);
  expect(await verdictOf(await readCode())).toBe('pass/admitted');
  await page.getByLabel(dayCode, { exact: true }).check();
  await expect.poll(readCode, patient).toMatch(/^KK2:/);
  await page.getByLabel('亲属代办', { exact: true }).check();
  await expect.poll(async () => verdictOf(await readCode()), patient).toBe('check/relative-held');
  expect(await verdictOf(await readCode())).toBe('check/relative-held');
  await page.getByLabel('河北健康码', { exact: true }).check();
  await page.getByLabel('黄码', { exact: true }).check();
  await expect.poll(async () => verdictOf(await readCode()), patient).toBe('check/colour-caution');
  expect(complaints).toEqual([]);
});

test('the code is surrounded by white and made of whole pixels, in dark mode too', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const found = await page.locator('canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const corner = canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data;
    const around = getComputedStyle(canvas.parentElement ?? canvas).backgroundColor;
    return { corner: [...(corner ?? [])], around, shown: canvas.getBoundingClientRect().width };
  });
  expect(found.corner).toEqual([255, 255, 255, 255]);
  expect(found.around).toBe('rgb(255, 255, 255)');
  expect(found.shown).toBe(
    await page.locator('canvas').evaluate((c) => (c as HTMLCanvasElement).width),
  );
  expect(found.shown).toBeGreaterThan(280);
});

test('a new stamp replaces the old after 15 seconds; a frozen one stays and goes stale', async () => {
  await page.clock.install();
  await page.reload();
  await page.locator('canvas').waitFor();
  const first = await readCode();
  const answered = page.waitForResponse((response) => response.url().includes('/demo/pass?'));
  await page.clock.runFor(16_000);
  await answered;
  await expect.poll(readCode).not.toBe(first);
  const kept = await readCode();
  await page.getByRole('button', { name: '冻结（模拟截图）' }).click();
  const clock = await page.locator('#clock').textContent();
  await page.clock.runFor(40_000);
  expect(await readCode()).toBe(kept);
  expect(await page.locator('#clock').textContent()).toBe(clock);
  expect(await page.locator('#age').textContent()).toContain('已冻结');
  expect(await verdictOf(kept, 95)).toBe('stop/stale');
});

test('an unreachable hub is said, tried again, and the page recovers by itself', async () => {
  host.setDown(true);
  await page.getByLabel('红码', { exact: true }).check();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('连不上服务器');
  expect(await page.locator('canvas').isVisible()).toBe(false);
  expect(await colours()).toEqual(['rgb(42, 48, 55)', 'rgb(42, 48, 55)']);
  host.setDown(false);
  await page.locator('canvas').waitFor();
  await page.getByRole('alert').waitFor({ state: 'hidden' });
  expect(await verdictOf(await readCode())).toBe('stop/colour-stop');
  expect(await colours()).toEqual(['rgb(169, 0, 24)', 'rgb(169, 0, 24)']);
});

test('before the first code, and offline, nothing is green', async () => {
  expect(await colours()).toEqual(['rgb(34, 179, 94)', 'rgb(34, 179, 94)']);
  host.setDown(true);
  await page.reload();
  await page.getByRole('alert').waitFor();
  expect(await page.locator('#state').textContent()).toBe('绿码');
  expect(await colours()).toEqual(['rgb(42, 48, 55)', 'rgb(42, 48, 55)']);
});

test.each([
  [740, 360],
  [568, 320],
])('on a phone held across, %i × %i, the whole code is seen at once', async (width, height) => {
  await page.setViewportSize({ width, height });
  for (const form of ['JWT', 'CWT']) {
    await choose(form);
    const seen = await page.locator('canvas').evaluate((canvas) => {
      scrollTo(0, 0);
      const { left, top, right, bottom } = canvas.getBoundingClientRect();
      const bar = document.querySelector('.demo')?.getBoundingClientRect().bottom ?? 0;
      const isWhole = left >= 0 && top >= bar && right <= innerWidth && bottom <= innerHeight;
      return { isWhole, share: (bottom - top) / innerHeight };
    });
    expect(seen).toMatchObject({ isWhole: true });
    expect(seen.share).toBeGreaterThan(0.6);
    expect(await verdictOf(await readCode())).toBe('pass/admitted');
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const upright = async () => (await page.locator('canvas').boundingBox())?.width;
  await expect.poll(upright).toBeGreaterThan(280);
});

test('every word is there in English too, and nothing is wider than the phone', async () => {
  await page.getByRole('button', { name: 'English' }).click();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  const words = (await page.locator('main').textContent()) ?? '';
  expect(words.replace('中文', '')).not.toMatch(/[\u4e00-\u9fff]{2}/);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
