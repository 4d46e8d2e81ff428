import type { BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/chromium.ts';
import { startShift } from '../support/phone.ts';
import { runHub } from '../support/running-hub.ts';

/** A camera is there, and nobody has been asked yet: a headless browser then says no. */
let hub: Awaited<ReturnType<typeof runHub>>;
let browser: Awaited<ReturnType<typeof chromium.launch>>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  hub = await runHub();
  browser = await chromium.launch({
    executablePath: findChromium({ whole: true }),
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream'],
  });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
});

async function openShift(before: () => void = () => undefined) {
  context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
  page = await context.newPage();
  await page.addInitScript(before);
  await page.goto(hub.url);
  await startShift(page);
  await page.getByRole('alert').getByText('没有摄像头权限').waitFor();
}
const isLive = () =>
  page.evaluate(() => (document.querySelector('video')?.srcObject as MediaStream | null)?.active);

describe('a camera that is not allowed', () => {
  it('says how to allow it in this browser, and opens by itself once it is allowed', async () => {
    await openShift();
    await page.getByText('地址左边的图标').waitFor();
    await context.grantPermissions(['camera'], { origin: hub.url });
    await expect.poll(isLive).toBe(true);
    await page.getByText('没有摄像头权限').waitFor({ state: 'detached' });
    await context.close();
  });

  it('opens at a tap on retry where the browser does not tell that it was allowed', async () => {
    await openShift(() => {
      PermissionStatus.prototype.addEventListener = () => undefined;
    });
    const retry = page.getByRole('button', { name: '重试' });
    await retry.click();
    await page.waitForTimeout(500);
    await page.getByText('没有摄像头权限').waitFor(); // still not allowed, still said
    await context.grantPermissions(['camera'], { origin: hub.url });
    await page.waitForTimeout(1000);
    expect(await isLive()).toBeFalsy();
    await retry.click();
    await expect.poll(isLive).toBe(true);
    await context.close();
  });
});
