import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPhone, type Phone } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
const page = () => phone.page();
const tap = (name: string) => page().getByRole('button', { name, exact: true }).last().click();
const screen = (name: string) => page().locator(`main[data-screen="${name}"]`).waitFor();
const scans = async () => (await phone.entries()).filter(({ type }) => type === 'scan').length;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

it('a tablet at a door: turned on with the PIN, lets a pass in, sends a red one to a guard, outlives a reload, is left with the PIN', async () => {
  await page()
    .getByRole('button', { name: /体验演示卡口/ })
    .click();
  await tap('设置');
  await tap('班长');
  await page().getByLabel('新密码').fill('246810');
  await page().getByLabel('再输一遍').fill('246810');
  await tap('设为密码');
  await tap('无人值守');
  await page().getByRole('dialog').last().getByText('热成像', { exact: true }).click();
  await tap('开始无人值守');
  await screen('idle');
  await page().locator('main video').waitFor();

  await insertScan(page(), await freshPass());
  await screen('pass');
  expect(await page().locator('main[data-screen]').textContent()).not.toContain('张');
  await screen('idle'); // by itself

  await insertScan(page(), await freshPass({ state: 'r' }));
  await screen('staff');
  expect(await page().locator('main[data-screen]').textContent()).not.toMatch(/张|红|12…2X|拦截/);
  await screen('idle');
  const before = await scans();
  await insertScan(page(), 'https://example.org/v#AAAA');
  await page().locator('[data-stray=true]').waitFor();
  expect(await scans()).toBe(before);

  await page().reload();
  await screen('idle');
  await phone.crash({ offline: true });
  await screen('idle');
  await insertScan(page(), await freshPass());
  await screen('pass');

  await screen('idle');
  await tap('管理');
  await page().getByLabel('密码').fill('000000');
  await tap('确定');
  await page().getByText('密码不对。').waitFor();
  await page().getByLabel('密码').fill('246810');
  await tap('确定');
  await tap('退出无人值守');
  await page().getByText('班次小结').first().waitFor();
  expect(await page().locator('main[data-screen]').count()).toBe(0);
  expect([phone.complaints, phone.strangers]).toEqual([[], []]);
});
