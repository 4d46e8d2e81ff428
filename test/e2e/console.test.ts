import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { isInOrder as deskInOrder, invitedBy, watchPage } from '../support/desk-page.ts';
import { createPhone, type Phone } from '../support/phone.ts';
import { runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let context: BrowserContext;
let page: Page;
const watched: (readonly string[])[] = [];

/** A desk with an authenticator that says yes by itself, in place of a finger. */
async function openDesk(locale: string) {
  const opened = await freshContext({ locale, viewport: { width: 1280, height: 800 } });
  const desk = await opened.newPage();
  watched.push(watchPage(desk, hub.url));
  const cdp = await opened.newCDPSession(desk);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return { opened, desk };
}

const invited = (name: string) => invitedBy(hub, { name, role: 'admin', areas: 'all' });

beforeAll(async () => {
  hub = await runHub();
  ({ opened: context, desk: page } = await openDesk('zh-CN'));
});
afterAll(async () => {
  await context?.close();
  await hub?.close();
});

const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

const isInOrder = () => deskInOrder(page);

describe('an operator at the desk, from an empty hub', () => {
  it('opens the account by its link, with a passkey and no password', async () => {
    await page.goto(await invited('王芳'));
    await page.getByRole('heading', { name: '欢迎，王芳' }).waitFor();
    await isInOrder();
    await page.getByLabel('给这台设备起个名').fill('办公室电脑');
    await press('用通行密钥');
    await page.getByRole('heading', { name: '今天', exact: true }).waitFor();
    expect(page.url()).not.toContain('invite');
    await page.getByText('还没有卡口').waitFor();
    await isInOrder();
    await go('卡口');
    await page.getByRole('heading', { name: '站点' }).waitFor();
    await isInOrder();
  });

  it('signs out, and in again by the passkey', async () => {
    await press('退出登录');
    await press('用通行密钥登录');
    await page.getByRole('navigation').waitFor();
    await go('卡口');
  });

  it('is told of an import what is wrong by line, then takes over 200 gates', async () => {
    await press('导入表格');
    const table = (text: string) => ({
      ...{ name: 'gates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) },
    });
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles(table('gate,name,venue\na 1,东门,mall\nb,西门,casino'));
    await page.getByText('第 2 行：编号不对').waitFor();
    await page.getByText('第 3 行：场所类型不对').waitFor();
    const lines = Array.from({ length: 200 }, (_, i) => `g-${i},第 ${i} 号门,transit,CN-TJ`);
    await choose.setInputFiles(table(['gate,name,venue,region', ...lines].join('\n')));
    await press('导入 200 个卡口');
    await page.getByRole('row').nth(200).waitFor();
    await isInOrder();
  });

  it('enrols a real scanner: both screens show the same six digits, and both say so', async () => {
    await page.getByLabel('按名称或编号查找').fill('g-17');
    await page.getByRole('row').nth(1).waitFor();
    await page.getByLabel('选择 第 17 号门').check();
    await press('给 1 个卡口登记手机');
    const answered = page.waitForResponse((response) => response.url().endsWith('/codes'));
    await press('显示在屏幕上');
    const { codes } = (await (await answered).json()) as { codes: { link: string }[] };
    await page.getByText('等手机扫码').waitFor();
    await isInOrder();

    const phone: Phone = await createPhone(hub.url);
    try {
      await phone
        .page()
        .getByRole('button', { name: /扫描登记码/ })
        .waitFor();
      await phone.page().locator('body > input').waitFor({ state: 'attached' });
      await insertScan(phone.page(), codes[0]?.link ?? '');
      await phone.page().getByRole('heading', { name: '核对六位数字' }).waitFor();
      const asked = await page.getByText(/手机上是 \d{3} \d{3} 吗？/).textContent();
      const digits = /\d{3} \d{3}/.exec(asked ?? '')?.[0] ?? 'none';
      await phone.page().getByText(digits).waitFor();
      await press('一样');
      await page.getByText('已登记并核对。').waitFor();
      await phone
        .page()
        .getByRole('button', { name: /^一样$/ })
        .click();
      await phone.page().getByText('第 17 号门').first().waitFor();
    } finally {
      await phone.close();
    }
  });

  it('finds the phone, and revokes it for a reason that stands in the record', async () => {
    await go('手机');
    await page.getByRole('rowheader', { name: '第 17 号门' }).waitFor();
    await isInOrder();
    await page.getByRole('button', { name: /^查看/ }).click();
    await page.getByLabel('原因').fill('手机丢了');
    await press('吊销这台手机');
    await page.keyboard.press('Escape');
    await page.getByText(/吊销$/).waitFor();
    await go('操作记录');
    await page.getByText(/手机丢了/).waitFor();
    await isInOrder();
  });

  it('invites a supervisor by a link of one use, who gets in with a password', async () => {
    await go('人员');
    await press('邀请新人');
    await page.getByLabel('姓名').fill('李强');
    await page.getByLabel('范围').selectOption({ label: '只管这些' });
    await page.getByLabel('只管这些').fill('region:CN-HE');
    await page.getByRole('dialog').getByRole('button', { name: '邀请新人' }).click();
    const link = (await page.locator('dialog code').textContent()) ?? '';
    await isInOrder();
    const { opened, desk } = await openDesk('en');
    await desk.goto(link);
    await desk.getByRole('heading', { name: 'Welcome, 李强' }).waitFor();
    await desk.getByLabel('Choose a password').fill('a gate in the rain');
    await desk.getByLabel('The same again').fill('a gate in the rain');
    await desk.getByRole('button', { name: 'Open my account' }).click();
    // of another region: none of the 200 gates, and no page of accounts
    await desk.getByText('No gate yet').waitFor();
    const pages = await desk.getByRole('navigation').getByRole('link').allTextContents();
    expect(pages.join(' · ')).toBe(
      'Today · Shifts · Entries · Shown twice · Busy hours · Gates · Phones · My account',
    );
    await desk.goto(link);
    await desk.getByText('This link cannot be used any longer.').waitFor();
    await opened.close();
    await press('关闭');
  });

  it('is told on every page that the daily export is not written, and what to do', async () => {
    await hub.sql.query(
      "insert into failing_work (what, problem, since, at) values ('daily-export', 'no-room', $1, $1)",
      [Date.now()],
    );
    await page.reload();
    await page.getByText(/每日导出没有写成.*请腾出空间/).waitFor();
    await isInOrder();
  });

  it('is told when the session has ended, and finds the page again', async () => {
    await go('卡口');
    await page.getByRole('rowheader', { name: '第 17 号门' }).waitFor();
    await hub.sql.query('update operator_sessions set ended_at = 1');
    await page.getByLabel('按名称或编号查找').fill('g-1');
    await page.getByText('半小时没有操作，已退出').waitFor();
    await press('用通行密钥登录');
    await page.getByRole('heading', { name: '卡口', exact: true }).waitFor();
  });

  it('asked no other origin, and nothing broke on the page', () =>
    expect(watched.flat()).toEqual([]));
});
