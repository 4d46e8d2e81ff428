import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { acceptTrust, noMarks } from '../../src/core/trust/accept.ts';
import { epochMillis, toSeconds } from '../../src/core/units.ts';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import { readAll } from '../../src/decoder/decode.ts';
import { loadZxing, type ReadQr } from '../../src/decoder/zxing.ts';
import { demoRoutes } from '../../src/issuer/demo-routes.ts';
import { demoTrust } from '../../src/issuer/demo-trust.ts';
import { launch } from '../support/chromium.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types kakou";

let read: ReadQr;
let server: ServerType;
let context: BrowserContext;
let page: Page;
let address: string;
let isDown = false;
let complaints: string[] = [];

beforeAll(async () => {
  if (!existsSync('dist/demo/index.html')) throw new Error('run npm run build first');
  const app = new Hono();
  app.use('/demo/*', async (c, next) => {
    c.header('content-security-policy', policy);
    if (isDown && c.req.path === '/demo/pass') return c.text('overloaded', 503);
    return next();
  });
  app.route('/demo', demoRoutes());
  app.use('/demo/*', serveStatic({ root: 'dist' }));
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/demo/`;
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  read = await loadZxing({ wasmBinary: await readFile(wasm) });
  context = await launch({ context: { viewport: { width: 360, height: 740 }, locale: 'zh-CN' } });
});
afterAll(async () => {
  await context?.close();
  server?.close();
});
beforeEach(async () => {
  isDown = false;
  complaints = [];
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(address);
  await page.locator('canvas').waitFor();
});

/** The pixels of the code, as a camera held straight in front would see them. */
async function readCode(): Promise<string> {
  const { data, width, height } = await page.locator('canvas').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const pixels = (canvas as HTMLCanvasElement)
      .getContext('2d')
      ?.getImageData(0, 0, width, height);
    return { data: [...(pixels?.data ?? [])], width, height };
  });
  return readAll(read, { data: Uint8Array.from(data), width, height })[0] ?? '';
}

async function verdictOf(text: string, ageS = 0): Promise<string> {
  const at = epochMillis(Date.now() + ageS * 1000);
  const accepted = await acceptTrust(await demoTrust(toSeconds(at)), noMarks);
  const trust = accepted.ok ? accepted.value.view : undefined;
  const gate = { id: 'g', venue: 'residential', region: 'CN-TJ' } as const;
  const verdict = await verifyPass(text, { now: { at, quality: 'synced' }, trust, gate });
  return `${verdict.state}/${verdict.reason}`;
}

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
  await choose('离线码');
  expect(await readCode()).toMatch(/^KK2:/);
  await choose('亲属代办');
  expect(await verdictOf(await readCode())).toBe('check/relative-held');
  await choose('河北健康码');
  await choose('黄码');
  expect(await verdictOf(await readCode())).toBe('check/colour-caution');
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
  isDown = true;
  await page.getByLabel('红码', { exact: true }).check();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('连不上服务器');
  expect(await page.locator('canvas').isVisible()).toBe(false);
  isDown = false;
  await page.locator('canvas').waitFor();
  await page.getByRole('alert').waitFor({ state: 'hidden' });
  expect(await verdictOf(await readCode())).toBe('stop/colour-stop');
});

test('every word is there in English too, and nothing is wider than the phone', async () => {
  await page.getByRole('button', { name: 'English' }).click();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  const words = (await page.locator('main').textContent()) ?? '';
  expect(words.replace('中文', '')).not.toMatch(/[\u4e00-\u9fff]{2}/);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
