import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveCanvasCamera, holdUp } from '../support/canvas-camera.ts';
import { launch } from '../support/chromium.ts';
import { enrolLink } from '../support/enrol-link.ts';
import { frontOf } from '../support/front.ts';
import { inTime } from '../support/in-time.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';
import { firefoxPath, launchFirefox } from './firefox.ts';

const phone = { viewport: { width: 360, height: 740 }, locale: 'zh-CN' };

/** A browser with one profile; `again` ends what can be ended and keep the profile, and opens it anew. */
interface Engine {
  readonly context: BrowserContext;
  again(): Promise<Engine>;
  close(): Promise<void>;
}

async function chromium(userDataDir: string): Promise<Engine> {
  const context = await launch({ userDataDir, context: { ...phone, permissions: ['camera'] } });
  const close = () => inTime('Chromium to close', 20_000, context.close());
  return {
    context,
    close,
    async again() {
      await close();
      return chromium(userDataDir);
    },
  };
}

async function gecko(): Promise<Engine> {
  const browser = await launchFirefox();
  const context = await browser.newContext(phone);
  context.setDefaultTimeout(60_000);
  const engine: Engine = {
    context,
    close: () => inTime('Firefox to close', 20_000, browser.close()),
    async again() {
      for (const page of context.pages()) await page.close();
      return engine;
    },
  };
  return engine;
}

/** The same shift in every engine there is here. */
const engines: [string, (profile: string) => Promise<Engine>][] = [['Chromium', chromium]];
if (firefoxPath !== undefined) engines.push(['Firefox', gecko]);
else
  console.warn(
    'no Firefox here (Debian: firefox-esr, or FIREFOX_PATH): the walk is not tried in it',
  );

/** Not every driver tells of downloads: what a link is made for is what is saved. */
function keepSaved(): void {
  const { createObjectURL } = URL;
  URL.createObjectURL = (file: File) => {
    Object.assign(window, { saved: file });
    return createObjectURL.call(URL, file);
  };
}

describe.each(engines)('a shift in %s', (_, start) => {
  let hub: Awaited<ReturnType<typeof runHub>>;
  let front: Awaited<ReturnType<typeof frontOf>>;
  let folder: string;
  let engine: Engine;
  let page: Page;
  const complaints: string[] = [];
  const card = (state: string) =>
    page.locator(`section[data-state=${state}]:not([data-deaf])`).waitFor();
  const noCard = () => page.locator('section[data-state]').waitFor({ state: 'detached' });
  const tap = (name: string | RegExp) =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .last()
      .click();
  /** Name and beginning of the file that was saved last. */
  const lastFile = () =>
    page.evaluate(async () => {
      const file: File | undefined = Reflect.get(window, 'saved');
      return file && `${file.name} ${(await file.text()).slice(0, 20)}`;
    });
  const listens = () => page.locator('body > input').waitFor({ state: 'attached' });

  async function open(): Promise<void> {
    page = engine.context.pages()[0] ?? (await engine.context.newPage());
    page.on('pageerror', ({ message }) => complaints.push(message));
    await giveCanvasCamera(page);
    await page.addInitScript(keepSaved);
    await page.goto(front.url);
  }

  beforeAll(async () => {
    hub = await runHub();
    front = await frontOf(hub.url);
    folder = await mkdtemp(join(tmpdir(), 'kakou-engine-'));
    engine = await start(join(folder, 'profile'));
    await open();
  });
  afterAll(async () => {
    await engine?.close().catch(() => undefined);
    await front?.close();
    await hub?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('begins with an operator’s code and the same six digits', async () => {
    await page.getByRole('button', { name: /扫描登记码/ }).waitFor();
    await listens();
    await insertScan(page, await enrolLink({ ...hub, url: front.url }));
    await tap('一样');
    await page.getByRole('textbox').fill('007');
    await page.locator('button[type=submit]').click();
    await page.locator('video').waitFor();
  });

  it('takes the temperature of a good pass and lets it in', async () => {
    await listens();
    await insertScan(page, await freshPass());
    await card('check');
    await tap('体温正常');
    await page.locator('section[data-state=pass]').waitFor();
    await noCard();
  });

  it('hears the keys of a scanner', async () => {
    await listens();
    await page.keyboard.type(await freshPass({ issuer: 'CN-HE', state: 'y' }));
    await page.keyboard.press('Enter');
    await card('check');
    await tap('不放行');
    await card('check');
    await tap('其他原因');
    await noCard();
  });

  it('closes a red card by its button only', async () => {
    await listens();
    await insertScan(page, await freshPass({ state: 'r' }));
    await card('stop');
    await page.keyboard.press('Escape');
    await page.mouse.click(180, 250);
    await card('stop');
    await tap('继续扫码');
    await noCard();
  });

  it('reads a code off the camera’s own stream', async () => {
    await holdUp(page, 'https://example.org/menu');
    await card('unknown');
    await holdUp(page);
    await tap('不放行');
    await card('unknown');
    await tap('其他原因');
    await noCard();
  });

  it('goes on after the page was loaded anew, in two tabs, and in a browser started again without a hub', async () => {
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.reload();
    await page.locator('video').waitFor();
    const second = await engine.context.newPage();
    await giveCanvasCamera(second);
    await second.goto(front.url);
    await second.locator('video').waitFor();
    await second.close();
    expect(await page.getByRole('list', { name: '本班计数' }).textContent()).toMatch(/通行\s*1/);
    await front.meet('down');
    engine = await engine.again();
    await open();
    await page.locator('video').waitFor();
    await listens();
    await insertScan(page, await freshPass({ state: 'r' }));
    await card('stop');
    await tap('继续扫码');
    await noCard();
    await front.meet('hub');
  });

  it('checks itself, uploads all, and gives its log out in three formats', async () => {
    await tap('设置');
    await tap('自检');
    const lines = page.locator('dialog[open] li');
    for (const what of ['摄像头', '读码', '记录'])
      await lines
        .filter({ hasText: what })
        .filter({ hasText: /正常|注意/ })
        .first()
        .waitFor();
    await tap('关闭');
    await tap('关闭');
    await tap('本班');
    await tap('立即上传');
    await page.getByText('已全部上传，可以交还手机。').waitFor();
    for (const [name, end, begin] of [
      ['Excel 表格', 'xlsx', 'PK'],
      ['CSV 表格', 'csv', '.*,'],
      ['签名 JSON', 'json', '{'],
    ] as const) {
      await tap(name);
      await page.getByRole('button', { name: new RegExp(`\\.${end}$`) }).click();
      await expect.poll(lastFile).toMatch(new RegExp(`\\.${end} ${begin}`));
    }
    const scans = await hub.sql.query("select 1 from scans where type = 'scan'");
    expect(scans).toHaveLength(5);
    expect(complaints).toEqual([]);
  });
});
