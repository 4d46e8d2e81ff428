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

type Authority = Awaited<ReturnType<typeof runAuthority>>;
const phone = { viewport: { width: 360, height: 740 }, locale: 'zh-CN', hasTouch: true } as const;
let authority: Authority;
let national: Authority;
let read: (page: Page) => Promise<string>;
const opened: BrowserContext[] = [];

beforeAll(async () => {
  authority = await runAuthority();
  national = await runAuthority('CN');
  read = await codeReader();
});
afterAll(async () => {
  await authority?.close();
  await national?.close();
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});

async function signedIn(
  at: Authority,
  name: string,
  over: object = {},
  options = {},
  prepare: (context: BrowserContext) => Promise<void> = async () => {},
) {
  const context = await freshContext({ ...phone, ...options });
  opened.push(context);
  await prepare(context);
  const page = await context.newPage();
  const problems = watchPage(page, at.origin);
  await signInAs(page, at, name);
  await declareOn(page, over);
  await page.reload();
  await page.locator('[role=img] svg').waitFor();
  return { context, page, problems };
}

const post = (page: Page, path: string, body: object) =>
  page.evaluate(async ([to, text]) => (await fetch(to, { method: 'POST', body: text })).json(), [
    `/authority/api${path}`,
    JSON.stringify(body),
  ] as const);

/** A finger from one place to another over the code. */
const swipe = (page: Page, from: number, to: number) =>
  page.locator('[role=img] svg').evaluate(
    (code, [x0, x1]) => {
      const touch = (x: number) =>
        new Touch({ identifier: 1, target: code, clientX: x, clientY: 400 });
      const bubbles = { bubbles: true } as const;
      code.dispatchEvent(new TouchEvent('touchstart', { ...bubbles, touches: [touch(x0)] }));
      code.dispatchEvent(new TouchEvent('touchend', { ...bubbles, changedTouches: [touch(x1)] }));
    },
    [from, to] as const,
  );

describe('a family on one phone', () => {
  it('shows the grandmother’s code by one swipe, says 代办, and offline too', async () => {
    const { page: hers } = await signedIn(authority, '王秀英');
    const { code } = await post(hers, '/relatives/consent', {});
    const { page, context, problems } = await signedIn(authority, '张小三');
    await post(page, '/relatives', { consent: code });
    await page.reload();
    const bar = page.getByRole('group', { name: '谁的健康码' });
    await bar.getByRole('button', { name: '王*英' }).waitFor();
    const own = await read(page);
    await swipe(page, 300, 80);
    await page.getByText('代办', { exact: true }).waitFor();
    await expect.poll(() => read(page)).toMatch(/^KK1:/);
    const text = await read(page);
    expect(text).not.toBe(own);
    expect(await verdictOf(authority, text)).toBe('check/relative-held');
    await picture(page, 'relative-zh-CN');
    await isInOrder(page);
    // her reasons are hers
    await page.getByRole('button', { name: '详情' }).click();
    await page.getByText('原因只有本人可以查看').waitFor();
    await page.keyboard.press('Escape');
    await swipe(page, 80, 300);
    await page.getByText('代办', { exact: true }).waitFor({ state: 'detached' });
    await bar.getByRole('button', { name: '本人' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('代办', { exact: true }).waitFor();
    await context.setOffline(true);
    await expect.poll(() => read(page)).toMatch(/^KK2:/);
    expect(await verdictOf(authority, await read(page))).toBe('check/relative-held');
    expect(problems).toEqual([]);
  });
});

describe('the code', () => {
  it('is off the page while nobody can see it', async () => {
    const { page } = await signedIn(authority, '李建国');
    const turn = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await turn(true);
    await page.locator('[role=img] svg').waitFor({ state: 'detached' });
    await turn(false);
    await page.locator('[role=img] svg').waitFor();
  });

  it('that no server renews goes grey when it is over, and says so', async () => {
    // no day credential is to be had, so this phone makes no codes of its own
    const { page, context } = await signedIn(authority, '陳大文', {}, {}, async (made) => {
      await made.route('**/authority/api/codes/day', (route) => route.abort());
      await made.clock.install();
    });
    await context.route('**/authority/api/codes/**', (route) => route.abort());
    await page.clock.runFor(75_000);
    await page.getByText('此码已过期').waitFor();
    expect(await page.locator('[role=img] svg').count()).toBe(0);
    await picture(page, 'over-zh-CN');
    await isInOrder(page);
  });
});

describe('the national code', () => {
  it('is black, and its notices stand in red with what they mean', async () => {
    const { page } = await signedIn(national, '林美玲', { travel: ['120102'] });
    await page.getByText('未见异常', { exact: true }).waitFor();
    await page.getByText('14 天内到过中风险地区').waitFor();
    await page.getByText(/须经工作人员核验/).waitFor();
    await picture(page, 'national-zh-CN');
    await isInOrder(page);
  });

  it('speaks English to the holder of a passport, without being asked', async () => {
    const { page } = await signedIn(national, 'Erika Mustermann', {}, { locale: 'en-GB' });
    await page.getByText('Nothing abnormal', { exact: true }).waitFor();
    await picture(page, 'national-en');
    await isInOrder(page);
  });
});
