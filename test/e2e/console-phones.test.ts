import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { isInOrder as deskInOrder, watchPage } from '../support/desk-page.ts';
import { createPhone, type Phone } from '../support/phone.ts';
import { runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let context: BrowserContext;
let page: Page;
let phone: Phone;
let problems: readonly string[] = [];

beforeAll(async () => {
  hub = await runHub();
  context = await freshContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  problems = watchPage(page, hub.url);
});
afterAll(async () => {
  await phone?.close();
  await context?.close();
  await hub?.close();
});

const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

const isInOrder = () => deskInOrder(page);

/** Does what makes codes, and enrols a phone by the one that came; the guard confirms the digits. */
async function enrolBy(make: () => Promise<void>): Promise<Phone> {
  const answered = page.waitForResponse((response) => /\/(codes|replace)$/.test(response.url()));
  await make();
  const came = (await (await answered).json()) as {
    codes?: { link: string }[];
    code?: { link: string };
  };
  const link = came.code?.link ?? came.codes?.[0]?.link ?? '';
  const opened = await createPhone(hub.url);
  await opened
    .page()
    .getByRole('button', { name: /扫描登记码/ })
    .waitFor();
  await opened.page().locator('body > input').waitFor({ state: 'attached' });
  await insertScan(opened.page(), link);
  await opened.page().getByRole('heading', { name: '核对六位数字' }).waitFor();
  await press('一样');
  await page.getByText('已登记并核对。').waitFor();
  await opened
    .page()
    .getByRole('button', { name: /^一样$/ })
    .click();
  return opened;
}

describe('phones of a gate, at the desk and in the hand', () => {
  it('a gate is added with what its phones are to do; a PIN is typed twice', async () => {
    await page.goto(`${hub.url}console/`);
    await press('试用管理平台');
    await go('卡口');
    await press('新增卡口');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('编号').fill('metro-1');
    await dialog.getByLabel('名称').fill('地铁口');
    await dialog.getByLabel('场所类型').selectOption('transit');
    await dialog.getByLabel('上班时的快速通行').selectOption('on');
    await dialog.getByLabel('同一个码再次放行要等的分钟数').fill('0.5');
    const save = dialog.getByRole('button', { name: '保存' });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('同一个码再次放行要等的分钟数').fill('10');
    await dialog.getByLabel('语言', { exact: true }).selectOption('en');
    await dialog.getByLabel('这里所有手机的负责人密码').fill('204815');
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('再输一次').fill('204815');
    await isInOrder();
    await save.click();
    await page.getByRole('rowheader', { name: '地铁口' }).waitFor();
    await press('修改 地铁口');
    await page.getByText('已经设过，不能显示').waitFor();
    expect(await page.getByLabel('同一个码再次放行要等的分钟数').inputValue()).toBe('10');
    expect(await dialog.textContent()).not.toContain('204815');
    await page.keyboard.press('Escape');
  });

  it('a phone that is enrolled there takes it, says so, and goes on with it without a network', async () => {
    await page.getByLabel('选择 地铁口').check();
    await press('给 1 个卡口登记手机');
    phone = await enrolBy(() => press('显示在屏幕上'));
    const hand = phone.page();
    await hand.getByRole('heading', { name: 'Start shift' }).waitFor();
    expect(await hand.getByRole('switch', { name: /Rapid mode/ }).isChecked()).toBe(true);
    await hand.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      while (active?.state !== 'activated') await new Promise((done) => setTimeout(done, 50));
    });
    await phone.crash({ offline: true });
    await phone.page().getByRole('button', { name: 'Settings' }).click();
    const said = phone.page().getByRole('dialog');
    await said.getByText('Set by the operator').waitFor();
    for (const line of ['(metro-1)', 'after 10 min', 'Language: English', 'the operator’s'])
      expect(await said.textContent()).toContain(line);
    await phone.setOffline(false);
  });

  it('the desk sees how the phone is, and replaces it in one step when it is lost', async () => {
    await go('手机');
    await page.getByRole('rowheader', { name: '地铁口' }).waitFor();
    expect(await page.getByRole('row').nth(1).textContent()).toMatch(/\d+%/);
    await isInOrder();
    await page.getByRole('button', { name: /^查看/ }).click();
    await page.getByText('卡口设置').waitFor();
    await isInOrder();
    await page.getByLabel('原因').fill('手机<b>丢</b>了');
    const second = await enrolBy(() => press('吊销，登记码显示在屏幕上'));
    await second.close();
    await press('回到手机');
    await page.getByText(/^代替的手机 \d{3} \d{3}$/).waitFor();
    await page.getByText(/^代替它的手机 \d{3} \d{3}$/).waitFor();
    await go('操作记录');
    await page.getByText('换掉了一台手机').waitFor();
    await page.getByText('手机<b>丢</b>了').waitFor();
  });

  it('asked no other origin, and nothing broke on the page', () => {
    expect(problems).toEqual([]);
    expect([phone.complaints, phone.strangers]).toEqual([[], []]);
  });
});
