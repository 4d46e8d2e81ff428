import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { isInOrder as deskInOrder, invitedBy, watchPage } from '../support/desk-page.ts';
import { runHub } from '../support/running-hub.ts';
import { peopleOfGuard, twelveGuards } from '../support/twelve-guards.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let context: BrowserContext;
let page: Page;
let problems: readonly string[] = [];
const everybody = Array.from({ length: 12 }, (_, i) => peopleOfGuard(i)).reduce((a, b) => a + b);

beforeAll(async () => {
  hub = await runHub();
  await twelveGuards(hub.url, Date.now());
  const link = await invitedBy(hub, { name: '班长', role: 'supervisor', areas: ['site:haihe'] });
  context = await freshContext({ locale: 'en', viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  problems = watchPage(page, hub.url);
  await page.goto(link);
  await page.getByLabel('Choose a password').fill('a gate in the rain');
  await page.getByLabel('The same again').fill('a gate in the rain');
  await page.getByRole('button', { name: 'Open my account' }).click();
  await page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await context?.close();
  await hub?.close();
});

const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

const isInOrder = () => deskInOrder(page);

/** What the browser kept when the button was pressed. */
async function taken(name: string): Promise<{ name: string; bytes: Uint8Array }> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const download = await coming;
  return {
    name: download.suggestedFilename(),
    bytes: new Uint8Array(readFileSync(await download.path())),
  };
}

describe('a supervisor of twelve guards at the end of the morning', () => {
  it('sees all of them on the page of the day, in one sum', async () => {
    await page.getByText(everybody.toLocaleString('en'), { exact: true }).first().waitFor();
    await page.getByRole('rowheader', { name: '海河小区 12 号门' }).waitFor();
    await isInOrder();
  });

  it('sees who is on duty, and one guard’s shift as the phone’s report tells it', async () => {
    await go('Shifts');
    await page.getByRole('rowheader', { name: '孙浩' }).waitFor();
    await expect(page.getByRole('row').count()).resolves.toBe(13);
    await isInOrder();
    await page.getByRole('button', { name: /^Report of 王芳/ }).click();
    await page.getByText('none missing, each follows the one before it').waitFor();
    await page.getByText('The hub has given a receipt for all of it').waitFor();
    await isInOrder();
  });

  it('finds who was stopped and why, and looks at one of them whole', async () => {
    await go('Entries');
    await page.getByLabel('Verdict, as it ended').selectOption({ label: 'Stop' });
    const table = page.locator('tbody');
    await table.getByText('Red code').first().waitFor();
    await table.getByText('Code is good').first().waitFor({ state: 'detached' });
    await isInOrder();
    await page
      .getByRole('button', { name: /^All of it: entry/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Kind of code').waitFor();
    await isInOrder();
    await page.keyboard.press('Escape');
    await page.getByLabel('Gate').fill('haihe-3');
    await table.getByText('海河小区 4 号门').first().waitFor({ state: 'detached' });
    await table.getByText('海河小区 3 号门').first().waitFor();
    await page.getByRole('button', { name: 'Start anew' }).click();
  });

  it('takes the day of twelve guards out as one workbook with everybody in it', async () => {
    const { name, bytes } = await taken('Excel workbook');
    expect(name).toMatch(/^kakou-\d{4}-\d\d-\d\d\.xlsx$/);
    const files = unzipSync(bytes);
    const sheet = (n: number) =>
      strFromU8(files[`xl/worksheets/sheet${n}.xml`] ?? new Uint8Array());
    expect([...sheet(2).matchAll(/<row /g)]).toHaveLength(1 + everybody);
    for (let gate = 1; gate <= 12; gate++) expect(sheet(1)).toContain(`海河小区 ${gate} 号门`);
    expect(sheet(1)).toContain(`<v>${everybody}</v>`);
    const csv = await taken('CSV table');
    expect(strFromU8(csv.bytes).split('\r\n').length).toBeGreaterThan(everybody);
    const lines = await taken('Signed JSON lines');
    expect(strFromU8(lines.bytes)).toContain('{"signed":{"payload"');
  });

  it('sees which codes two gates let in within five minutes', async () => {
    await go('Shown twice');
    await page.getByText('both let in').first().waitFor();
    expect(await page.locator('tbody tr').count()).toBe(6);
    await isInOrder();
    await go('Entries');
    await page.locator('tbody tr').first().waitFor();
  });

  it('is told on the page why a file cannot be had', async () => {
    // what else the page asks for stays unanswered, or it would be the first to hear of the end
    await page.route('**/console/api/**', (route) =>
      route.request().url().includes('check=1') ? route.continue() : undefined,
    );
    await hub.sql.query('update operator_sessions set ended_at = 1');
    await page.getByRole('button', { name: 'Excel workbook' }).click();
    await page.getByText('Signed out').first().waitFor();
  });

  it('asked no other origin, and nothing broke on the page', () => expect(problems).toEqual([]));
});
