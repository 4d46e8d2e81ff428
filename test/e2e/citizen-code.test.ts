import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  codeReader,
  declareOn,
  picture,
  signInAs,
  verdictOf,
} from '../support/authority/citizen-phone.ts';
import { runAuthority } from '../support/authority/running-authority.ts';
import { freshContext } from '../support/chromium.ts';
import { isInOrder, watchPage } from '../support/desk-page.ts';

const phone = { viewport: { width: 360, height: 740 }, locale: 'zh-CN' } as const;
let authority: Awaited<ReturnType<typeof runAuthority>>;
let read: (page: Page) => Promise<string>;
let context: BrowserContext;
let watched: readonly string[] = [];

beforeAll(async () => {
  authority = await runAuthority();
  read = await codeReader();
});
afterAll(() => authority?.close());
afterEach(async () => {
  await context?.close();
  expect(watched).toEqual([]);
});

async function open(options: Parameters<typeof freshContext>[0] = phone): Promise<Page> {
  context = await freshContext(options);
  const page = await context.newPage();
  watched = watchPage(page, authority.origin);
  return page;
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).click();

async function withCode(page: Page, name: string, over: object = {}): Promise<void> {
  await signInAs(page, authority, name);
  await declareOn(page, over);
  await page.reload();
  await page.locator('[role=img] svg').waitFor();
}

describe('a citizen with a network', () => {
  it('is led from the door over the declaration to a code that a scanner takes', async () => {
    const page = await open();
    await page.goto(`${authority.origin}/citizen/`);
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await picture(page, 'door-zh-CN');
    await isInOrder(page);
    await signInAs(page, authority, '张小三');
    await page.getByRole('heading', { name: '请先申报' }).waitFor();
    await picture(page, 'declare-first-zh-CN');
    await isInOrder(page);
    await press(page, '现在申报');
    expect(new URL(page.url()).hash).toBe('#declare');
    await declareOn(page);
    await page.goto(`${authority.origin}/citizen/#code`);
    await page.reload();
    await page.locator('[role=img] svg').waitFor();
    const text = await read(page);
    expect(text).toMatch(/^KK1:/);
    expect(await verdictOf(authority, text)).toBe('pass/admitted');
    await page.getByText('绿码', { exact: true }).waitFor();
    await page.getByText('张*三').first().waitFor();
    await picture(page, 'green-zh-CN');
    await isInOrder(page);
    const call = page.getByRole('link', { name: /拨打/ });
    expect(await call.getAttribute('href')).toBe('tel:88908890');
  });

  it('a new code comes within 15 seconds, and a picture of the old one is refused when it is old', async () => {
    const page = await open();
    await withCode(page, '李建国');
    const first = await read(page);
    await expect.poll(() => read(page)).not.toBe(first);
    const second = await read(page);
    expect(second).toMatch(/^KK1:/);
    expect(await verdictOf(authority, first, 91)).toBe('stop/stale');
    await page.getByText('截图无效').waitFor();
    const clock = () => page.getByRole('timer').textContent();
    const shown = await clock();
    await expect.poll(clock).not.toBe(shown);
  });

  it('details say why and until when, by the keyboard too, and the name can be hidden', async () => {
    const page = await open();
    await withCode(page, '王秀英', { symptoms: ['fever'], travel: ['120102'] });
    await page.getByText('橙码', { exact: true }).waitFor();
    await picture(page, 'orange-zh-CN');
    await page.getByRole('button', { name: '详情' }).focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('申报有症状').waitFor();
    await sheet.getByText('和平区').waitFor();
    await picture(page, 'detail-zh-CN');
    await isInOrder(page);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await press(page, '隐藏姓名');
    await page.getByText('姓名已隐藏').waitFor();
    expect(await page.getByText('王*英').count()).toBe(0);
    await page.reload();
    await page.getByText('姓名已隐藏').waitFor();
  });
});

describe('a citizen without a network', () => {
  it('starts the page cold, with a code of the phone’s own that a scanner takes for a minute', async () => {
    const page = await open();
    await withCode(page, '陳大文');
    await kept(page);
    // another name than a scanner's worker on the same host would clean up
    expect(await page.evaluate(() => caches.keys())).toEqual(['kakou-citizen-files']);
    await context.setOffline(true);
    await page.reload();
    await page.locator('[role=img] svg').waitFor();
    await page.getByText(/网络不畅，此码由手机生成/).waitFor();
    const text = await read(page);
    expect(text).toMatch(/^KK2:/);
    expect(await verdictOf(authority, text)).toBe('pass/admitted');
    expect(await verdictOf(authority, text, 91)).toBe('stop/stale');
    await picture(page, 'offline-zh-CN');
    await isInOrder(page);
    await context.setOffline(false);
    await expect.poll(() => read(page)).toMatch(/^KK1:/);
  });

  it('chosen, it is shown with a network too, and says until when it lives', async () => {
    const page = await open();
    await withCode(page, '林美玲');
    await press(page, '离线码');
    await expect.poll(() => read(page)).toMatch(/^KK2:/);
    await page.getByText(/有效至/).waitFor();
    await picture(page, 'offline-chosen-zh-CN');
  });

  it('after signing out nothing of anybody is left on the phone', async () => {
    const page = await open();
    await withCode(page, '何小明');
    await kept(page);
    await page.getByRole('navigation').getByRole('link', { name: '我的' }).click();
    await picture(page, 'settings-zh-CN');
    await isInOrder(page);
    await press(page, '退出登录');
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await expect.poll(() => heldOn(page)).toEqual([]);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('连不上').waitFor();
  });
});

/** The worker and the day's credential are in place. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await expect.poll(() => heldOn(page)).toEqual(['']);
}

const heldOn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const asked = indexedDB.open('kakou-citizen');
        asked.onerror = reject;
        asked.onsuccess = () => {
          const keys = asked.result.transaction('held').objectStore('held').getAllKeys();
          keys.onsuccess = () => {
            asked.result.close();
            resolve(keys.result);
          };
        };
      }),
  );

describe('what it looks like', () => {
  it.each([
    { width: 360, height: 740, colorScheme: 'light' },
    { width: 360, height: 740, colorScheme: 'dark' },
    { width: 768, height: 1024, colorScheme: 'light' },
    { width: 1280, height: 800, colorScheme: 'dark' },
  ] as const)(
    'in order at $width × $height, $colorScheme, in Chinese, English and large text',
    async ({ colorScheme, ...viewport }) => {
      const page = await open({ viewport, colorScheme, locale: 'en' });
      await withCode(page, 'Erika Mustermann');
      const name = `${viewport.width}-${colorScheme}`;
      await picture(page, `code-en-${name}`);
      await isInOrder(page);
      await page.getByLabel('Language').selectOption('zh-CN');
      await picture(page, `code-zh-CN-${name}`);
      await isInOrder(page);
      await page.getByRole('navigation').getByRole('link', { name: '我的' }).click();
      await page.getByRole('switch', { name: /大字版/ }).check();
      await picture(page, `settings-large-${name}`);
      await isInOrder(page);
      await page.getByRole('navigation').getByRole('link', { name: '亮码' }).click();
      await page.locator('[role=img] svg').waitFor();
      await picture(page, `code-large-${name}`);
      await isInOrder(page);
    },
  );
});
