import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { floor } from '../../src/core/platform/floor.ts';
import { freshContext, launch } from '../support/chromium.ts';
import { check, cutOff } from '../support/gallery/looks.ts';
import { runHub } from '../support/running-hub.ts';

/** Browsers in which the scanner cannot start: the page itself says why, in three languages. */
let hub: Awaited<ReturnType<typeof runHub>>;
const helpLine = '街道值班室 12345 转 6';

beforeAll(async () => {
  hub = await runHub(undefined, helpLine);
});
afterAll(() => hub?.close());

type Prepare = (page: Page) => Promise<unknown>;
const without =
  (take: () => void): Prepare =>
  (page) =>
    page.addInitScript(take);
const script =
  (body: string | undefined): Prepare =>
  (page) =>
    page.route(/\/assets\/index-[^/]*\.js$/, (route) =>
      body === undefined ? route.abort() : route.fulfill({ contentType: 'text/javascript', body }),
    );

/** What stands on the page, by language; nothing of the scanner is there any more. */
async function told(page: Page): Promise<string[]> {
  await page.locator('#floor section:not([hidden])').waitFor();
  await page.getByText(helpLine).waitFor();
  expect(await page.locator('#root').count()).toBe(0);
  expect(await page.locator('#floor section:not([hidden])').count()).toBe(1);
  return page.locator('#floor section:not([hidden]) [lang]').allInnerTexts();
}

it.each<[string, Prepare, RegExp[]]>([
  [
    'no modules',
    without(() => void Reflect.deleteProperty(HTMLScriptElement.prototype, 'noModule')),
    [/太旧/, /太舊/, /too old/],
  ],
  ['a script it cannot read', script('class { #x in }'), [/太旧/, /太舊/, /too old/]],
  ['no script, the network being gone', script(undefined), [/联网/, /連上網路/, /Connect/]],
  [
    'no IndexedDB',
    without(() => void Object.defineProperty(window, 'indexedDB', { value: undefined })),
    [/无痕/, /無痕/, /private mode/],
  ],
  [
    'no WebCrypto',
    without(() => void Object.defineProperty(window.crypto, 'subtle', { value: undefined })),
    [/验签/, /簽章/, /signatures/],
  ],
])('with %s it says so, whom to call, and reads well on a phone', async (what, prepare, words) => {
  const context = await freshContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await prepare(page);
  await page.goto(hub.url);
  const texts = await told(page);
  expect(texts).toHaveLength(3);
  for (const [at, word] of words.entries()) expect(texts[at]).toMatch(word);
  expect([await cutOff(page, what), await check(page, what)]).toEqual([0, 0]);
  await context.close();
});

it('over plain http it says that the address must begin with https', async () => {
  const args = ['--host-resolver-rules=MAP gate.test 127.0.0.1'];
  const context = await launch({ args });
  const page = await context.newPage();
  await page.goto(hub.url.replace('localhost', 'gate.test'));
  expect((await told(page)).join()).toMatch(/https:.*https:.*https:/s);
  await context.close();
});

it('names the browsers of the floor, and is not to be seen where all is well', async () => {
  const context = await freshContext();
  const page = await context.newPage();
  await page.goto(hub.url);
  await page.getByRole('button', { name: /Try the demo gate|体验演示卡口/ }).waitFor();
  expect(await page.locator('#floor').isVisible()).toBe(false);
  const old = page.locator('#floor [data-why=old] p');
  for (const text of await old.allTextContents()) {
    expect(text.match(/[\d.]{2,}/g)).toEqual(
      [floor.chrome, floor.safari, floor.chrome, floor.firefox].map(String),
    );
  }
  await context.close();
});
