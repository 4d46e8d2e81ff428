import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EpochMillis, epochMillis } from '../../src/core/units.ts';
import { writeDay } from '../../src/hub/daily-export/write-day.ts';
import { openDatabase } from '../../src/hub/store/open.ts';
import { aheadOfUtc } from '../../src/hub/zone.ts';
import { codeReader, declareOn, signInAs } from '../support/authority/citizen-phone.ts';
import { freshContext, launch } from '../support/chromium.ts';
import { filesBelow, saidIn, secretsIn, signedIn, storesOf } from '../support/everything-kept.ts';
import { listening } from '../support/hub-program.ts';
import { startShift, verdictOn } from '../support/phone.ts';
import {
  DemoBrowser,
  prepareDemo,
  scannedAt,
  startDemo,
  type WholeDemo,
} from '../support/whole-demo.ts';

const phone = {
  viewport: { width: 360, height: 740 },
  locale: 'zh-CN',
  permissions: ['camera'],
};
const began = epochMillis(Date.now());
const contexts: BrowserContext[] = [];
let folder: string;
/** Of the scanner's own browser, on the disk. */
let profile: string;
let scanner: Page;
let demo: WholeDemo;
let url: string;
let read: (page: Page) => Promise<string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-story-'));
  profile = mkdtempSync(join(tmpdir(), 'kakou-profile-'));
  await prepareDemo(folder);
  demo = startDemo(folder);
  url = `http://localhost:${await listening({ ...demo, child: demo.hub })}`;
  read = await codeReader();
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  demo?.hub.kill('SIGTERM');
  await demo?.ended;
  for (const made of [folder, profile])
    rmSync(made, { recursive: true, force: true, maxRetries: 5 });
});

async function newPhone(): Promise<Page> {
  const context = await freshContext(phone);
  contexts.push(context);
  return context.newPage();
}

async function citizen(name: string): Promise<Page> {
  const page = await newPhone();
  await signInAs(page, { origin: url }, name);
  await declareOn(page);
  await page.goto(`${url}/citizen/#code`);
  await page.reload();
  await page.locator('[role=img] svg').waitFor();
  return page;
}

/** A scanner that inserts the text it read; what the card says, and it is closed. */
async function scan(scanner: Page, text: string): Promise<string> {
  await scanner.locator('body > input').evaluate((field, code) => {
    if (field instanceof HTMLInputElement) field.focus();
    document.execCommand('insertText', false, code);
  }, text);
  const { state, text: said } = await verdictOn(scanner);
  if (state !== 'pass') await scanner.getByRole('button', { name: '继续扫码' }).click();
  await scanner.locator('section[data-state]').waitFor({ state: 'detached' });
  return `${state} ${said}`;
}

it('signs in, shows the code, is scanned; is turned red, and both its next code and its old one of the day are stopped', async () => {
  const context = await launch({ userDataDir: profile, context: phone });
  contexts.push(context);
  scanner = context.pages()[0] ?? (await context.newPage());
  await scanner.goto(url);
  await startShift(scanner);

  const holder = await citizen('张小三');
  expect(await scan(scanner, await read(holder))).toMatch(/^pass .*通行/);
  // the citizen's phone without a network, which will not hear of anything
  await holder.evaluate(async () => void (await navigator.serviceWorker.ready));
  await expect
    .poll(() => holder.evaluate(async () => (await caches.keys()).length))
    .toBeGreaterThan(0);
  await holder.context().setOffline(true);
  await expect.poll(() => read(holder)).toMatch(/^KK2:/);
  expect(await scan(scanner, await read(holder))).toMatch(/^pass .*离线码/);

  const people = await newPhone();
  await people.goto(`${url}/demo/id/`);
  await people.locator('li', { hasText: '张小三' }).getByRole('button', { name: /转红/ }).click();
  await people.waitForLoadState();

  const again = await citizen('张小三');
  await again.getByText('红码', { exact: true }).waitFor();
  expect(await scan(scanner, await read(again))).toMatch(/^stop .*红码/);

  await vi.waitFor(
    async () => expect(await scannedAt(url, await read(holder))).toBe('stop/revoked'),
    { timeout: 60_000, interval: 1000 },
  );
  await scanner.getByRole('button', { name: '本班', exact: true }).click();
  await scanner.getByRole('button', { name: '立即上传' }).click();
  await scanner.getByText('已全部上传，可以交还手机。').waitFor();
  await scanner.getByRole('button', { name: '关闭' }).last().click();
  expect(await scan(scanner, await read(holder))).toMatch(/^stop .*作废/);
});

describe('names and numbers of those people, whole or masked', () => {
  /** By the clock of the hub's place. */
  const dayOf = (at: EpochMillis) =>
    new Date(at + aheadOfUtc(at) * 60_000).toISOString().slice(0, 10);

  it('are in no store of the scanner that read their codes', async () => {
    const kept = await storesOf(scanner);
    expect(kept).toContain('colour-stop'); // what it wrote of them is there to be read
    expect(secretsIn(Buffer.from(kept))).toEqual([]);
    expect(kept).not.toMatch(/KK[12]:[0-9A-Z]{20}/);
  });

  it.each([
    ['Excel 表格', 'xlsx'],
    ['CSV 表格', 'csv'],
    ['签名 JSON', 'json'],
  ])('are in nothing it gives out as %s', async (format, end) => {
    await scanner.getByRole('button', { name: '本班', exact: true }).click();
    await scanner.getByRole('button', { name: format }).click();
    const share = scanner.getByRole('button', { name: new RegExp(`\\.${end}$`) });
    const [download] = await Promise.all([scanner.waitForEvent('download'), share.click()]);
    const file = readFileSync(await download.path());
    const said = end === 'json' ? signedIn(file) : saidIn(file);
    expect(Buffer.from(said).toString()).toMatch(/CN-TJ|天津/); // what it wrote of them is there to be read
    expect(secretsIn(said)).toEqual([]);
    await scanner.getByRole('button', { name: '关闭' }).last().click();
  });

  it('are in no file of its browser’s profile', async () => {
    await scanner.context().close();
    const files = filesBelow(profile);
    expect(files.some((bytes) => Buffer.from(bytes).includes('demo-gate'))).toBe(true);
    expect(files.flatMap(secretsIn)).toEqual([]);
  });

  it('are in no export of the hub, of the console or of the day', async () => {
    const desk = new DemoBrowser(url);
    expect((await desk.ask('POST', '/demo/console-session')).status).toBe(201);
    for (const format of ['csv', 'xlsx', 'json']) {
      const question = new URLSearchParams({ format, language: 'zh-CN', zone: 'Asia/Shanghai' });
      const file = await desk.get(`/console/api/entries/export?${question}`);
      expect(file.status).toBe(200);
      const said = saidIn(new Uint8Array(await file.arrayBuffer()));
      expect(Buffer.from(said).includes('demo-gate')).toBe(true);
      expect(secretsIn(said)).toEqual([]);
    }
    demo.hub.kill('SIGTERM');
    await demo.ended;
    const sql = await openDatabase({ folder, onError() {} });
    const exports = mkdtempSync(join(tmpdir(), 'kakou-day-'));
    const now = epochMillis(Date.now());
    const days = new Set([dayOf(began), dayOf(now)]);
    let entries = 0;
    for (const day of days) entries += await writeDay(sql, exports, day, now);
    await sql.close();
    expect(entries).toBeGreaterThan(3);
    const files = filesBelow(exports);
    expect(files).toHaveLength(2 * days.size);
    expect(files.flatMap(secretsIn)).toEqual([]);
    rmSync(exports, { recursive: true });
  });
});
