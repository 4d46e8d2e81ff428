import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { codeReader, declareOn, signInAs } from '../support/authority/citizen-phone.ts';
import { freshContext } from '../support/chromium.ts';
import { listening } from '../support/hub-program.ts';
import { startShift, verdictOn } from '../support/phone.ts';
import { prepareDemo, scannedAt, startDemo, type WholeDemo } from '../support/whole-demo.ts';

const phone = {
  viewport: { width: 360, height: 740 },
  locale: 'zh-CN',
  permissions: ['camera'],
};
const contexts: BrowserContext[] = [];
let folder: string;
let demo: WholeDemo;
let url: string;
let read: (page: Page) => Promise<string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-story-'));
  await prepareDemo(folder);
  demo = startDemo(folder);
  url = `http://localhost:${await listening({ ...demo, child: demo.hub })}`;
  read = await codeReader();
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  demo?.hub.kill('SIGTERM');
  await demo?.ended;
  rmSync(folder, { recursive: true, force: true });
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
  const scanner = await newPhone();
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
