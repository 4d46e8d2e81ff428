import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { isInOrder as deskInOrder } from '../support/desk-page.ts';
import { runHub } from '../support/running-hub.ts';

/** Pictures of the pages, for whoever wants to look at them. */
const pictures = process.env['CONSOLE_PICTURES'];

let hub: Awaited<ReturnType<typeof runHub>>;
let context: BrowserContext;
let page: Page;
const problems: string[] = [];
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

const isInOrder = () => deskInOrder(page);

const sizes = [
  [360, 740],
  [768, 1024],
  [1280, 800],
] as const;

/** In three sizes, light and dark. */
async function everywhere(name: string): Promise<void> {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await isInOrder();
      if (pictures === undefined) continue;
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A zone where it is about five in the afternoon, whenever this runs: a day that has had its people. */
function afternoon(): string {
  const ahead = ((17 - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

beforeAll(async () => {
  hub = await runHub();
  context = await freshContext({
    ...{ locale: 'zh-CN', timezoneId: afternoon(), viewport: { width: 1280, height: 800 } },
  });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
});
afterAll(async () => {
  await context?.close();
  await hub?.close();
});

const people = () =>
  page
    .locator('dl > div[data-outcome=people] dd')
    .textContent()
    .then((text) => Number(text?.replace(/\D/g, '')));

describe('the day at the desk of a demo hub', { timeout: 120_000 }, () => {
  it('is filled with a city by one button, live while it fills', async () => {
    await page.goto(`${hub.url}console/`);
    await press('试用管理平台');
    await page.getByText('实时', { exact: true }).waitFor();
    await press('生成虚构的城市');
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('link', { name: '西站北入口' }).first().waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    await page.getByText('生成虚构的城市').waitFor({ state: 'detached' });
    await everywhere('today');
  });

  it('is live: what comes in is there by itself', async () => {
    const before = await people();
    await hub.sql.query(`insert into gate_hours select gate, hour, standing, dir, 'check', 'notice',
      'CN-HE', 'admitted', 5, 0 from gate_hours where hour = (select max(hour) from gate_hours) limit 1
      on conflict (gate, hour, standing, dir, state, reason, issuer, outcome)
      do update set count = gate_hours.count + 5`);
    await hub.sql.query('update device_heads set heard_at = heard_at + 1');
    await expect.poll(people, { timeout: 10_000 }).toBe(before + 5);
  });

  it('asks instead where no stream can be had, and says so', async () => {
    await page.route('**/day/events*', (route) => route.fulfill({ status: 502, body: 'no' }));
    await page.reload();
    await page.getByText('不是实时，每隔几秒重新查询').waitFor();
    await page.route('**/api/day?*', (route) => route.abort());
    await page.getByText(/管理平台没有回应，最后一次是/).waitFor({ timeout: 20_000 });
    await isInOrder();
    await page.unroute('**/day/events*');
    await page.unroute('**/api/day?*');
    await page.getByText('实时', { exact: true }).waitFor({ timeout: 60_000 });
  });

  it('leads to a gate’s own day, to the days before, and back', async () => {
    await page.getByRole('rowheader').getByRole('link', { name: '营口道站 A 口' }).click();
    await page.getByRole('heading', { name: '卡口：营口道站 A 口' }).waitFor();
    await everywhere('gate');
    await press('前一天');
    await page.getByText(/管理平台在.*收到的/).waitFor();
    expect(page.url()).toMatch(/#\/today\/demo-metro-a\/\d{4}-\d\d-\d\d$/);
    expect(await people()).toBeGreaterThan(20);
    await page.goBack();
    await page.getByText('实时', { exact: true }).waitFor();
    await page.getByRole('link', { name: '全部卡口' }).click();
    await page.getByRole('heading', { name: '在里面的人数' }).waitFor();
  });

  it('knows the busy hours of 7 and of 30 days, of all gates and of one, and opens a day', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '繁忙时段' }).click();
    await page.getByRole('columnheader').nth(8).waitFor();
    expect(await page.getByRole('columnheader').count()).toBe(9);
    await everywhere('heat-7');
    await page.getByLabel('30 天').check();
    await expect.poll(() => page.getByRole('columnheader').count()).toBe(32);
    await everywhere('heat-30');
    await page.getByLabel('卡口').selectOption({ label: '商场东门' });
    await page.getByRole('heading', { name: '商场东门' }).waitFor();
    const cell = page.locator('td a').last();
    const counted = Number(/(\d+) 人/.exec((await cell.getAttribute('title')) ?? '')?.[1]);
    expect(counted).toBeGreaterThan(0);
    await cell.click();
    await page.getByRole('heading', { name: '卡口：商场东门' }).waitFor();
    expect(await people()).toBeGreaterThanOrEqual(counted);
  });

  it('breaks nothing on the page', () => expect(problems).toEqual([]));
});
