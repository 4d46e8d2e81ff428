import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takePerson } from '../../src/authority/store/persons.ts';
import { readPicture } from '../../src/cli/picture.ts';
import { toSeconds } from '../../src/core/units.ts';
import { type OneOrigin, oneOrigin } from '../support/authority/one-origin.ts';
import { someone } from '../support/authority/people.ts';
import { posterFound, posterSaid } from '../support/authority/scanner.ts';
import { citizen } from '../support/authority/test-authority.ts';
import { freshContext } from '../support/chromium.ts';
import { invitedBy, isInOrder, watchPage } from '../support/desk-page.ts';
import { randomBytes } from '../support/passes.ts';

/** Pictures of every page and poster, for whoever wants to look at them. */
const pictures = process.env['DESK_PICTURES'] || undefined;

let world: OneOrigin;
let context: BrowserContext;
let page: Page;
let watched: readonly string[];
let folder: string;

beforeAll(async () => {
  folder = pictures ?? mkdtempSync(join(tmpdir(), 'kakou-posters-'));
  mkdirSync(folder, { recursive: true });
  world = await oneOrigin();
  await world.authority.publish();
  context = await freshContext({
    ...{ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } },
  });
  page = await context.newPage();
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  watched = watchPage(page, world.url);
  const who = { name: '王芳', role: 'desk', areas: 'all' } as const;
  const link = await invitedBy({ ...world.hub, url: world.url }, who);
  await page.goto(link);
  const body = { token: link.split('invite=')[1], password: 'a gate in the rain' };
  await page.evaluate(
    async (said) =>
      void (await fetch('/console/api/invitation/take', {
        method: 'POST',
        body: JSON.stringify(said),
      })),
    body,
  );
  await page.goto(`${world.url}console/`); // another fragment alone would load nothing
  await page.getByRole('navigation').first().waitFor();
  await page.goto(`${world.url}console/#/issuing/venues`);
  await page.getByRole('heading', { level: 2, name: '场所码' }).waitFor();
});
afterAll(async () => {
  await context?.close();
  await world?.close();
  if (!pictures) rmSync(folder, { recursive: true });
});

/** As long as a name may be: 21 characters, 63 bytes. */
const library = '天津市河西区平江道文化中心图书馆南门入口处';

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const dialog = () => page.getByRole('dialog');

/** In order on a phone and by night; for pictures in three sizes, two languages, light and dark. */
async function everywhere(name: string): Promise<void> {
  if (!pictures) {
    await page.setViewportSize({ width: 360, height: 740 });
    await isInOrder(page);
    return page.setViewportSize({ width: 1280, height: 800 });
  }
  for (const language of ['en', 'zh-CN']) {
    await page.locator('header select').first().selectOption(language);
    for (const [width, height] of [
      [360, 740],
      [768, 1024],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(pictures, `${name}-${language}-${width}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: true });
        await isInOrder(page);
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** What our decoder reads from the poster as it is printed, on one page of the paper that was chosen. */
async function printed(size: string, paper: readonly [number, number]): Promise<string> {
  await press('打印');
  await page.locator('body[data-printed]').waitFor();
  await page.emulateMedia({ media: 'print' });
  const path = join(folder, `poster-${size}.png`);
  await page.locator('body > section').screenshot({ path });
  await page.emulateMedia({ media: null });
  const file = join(folder, `poster-${size}.pdf`);
  const pdf = (await page.pdf({ preferCSSPageSize: true, path: file })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
  expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual(paper);
  return readPicture(path);
}

describe('the desk and a place’s code', () => {
  let first: string;
  let second: string;

  it('a citizen’s application is looked at and granted, and its poster reads as the place’s own', async () => {
    await page.getByText('没有等待的申请').waitFor();
    const mine = await citizen(world.authority, 'zhang');
    const application = { name: '<b>天津图书馆</b>南门', venue: 'other', district: '120103' };
    expect((await mine.post('/api/venue-applications', application)).status).toBe(201);
    await page.reload();
    await page.getByRole('cell', { name: '张*三' }).waitFor();
    await page.getByText('<b>天津图书馆</b>南门').first().waitFor(); // markup is text
    await everywhere('venues-waiting');
    await press('办理<b>天津图书馆</b>南门');
    await dialog().getByLabel('办理结果').selectOption({ label: '同意发码' });
    await dialog().getByLabel('场所名称').fill(library);
    expect(await dialog().getByRole('button', { name: '提交' }).isDisabled()).toBe(true);
    await dialog().getByLabel('卡口或场所编号').fill('library-south');
    await dialog().getByText('河西区').waitFor();
    await everywhere('venues-grant');
    await dialog().getByRole('button', { name: '提交' }).click();
    await page.getByText(`${library}的场所码已办好`).waitFor();
    await everywhere('venues-poster');
    first = await printed('a4', [595, 842]);
    expect(await posterFound(world.authority, first)).toMatchObject({
      ...{ good: true, host: new URL(world.url).host },
      code: { place: 'library-south', name: library, district: '120103' },
    });
    await page.getByLabel('纸张').selectOption({ label: 'A5，放在柜台' });
    expect(await printed('a5', [420, 595])).toBe(first);
    await page.getByLabel('纸张').selectOption({ label: '小贴纸，一张 A4 四枚' });
    expect(await printed('sticker', [595, 842])).toBe(first);
    await press('返回场所列表');
    expect((await mine.get('/api/venue-applications')).body.applications).toMatchObject([
      { state: 'granted', code: { state: 'valid', text: first } },
    ]);
  });

  it('a new code ends the old one, for every scanner that has synced', async () => {
    await page.getByLabel('按名称或编号查找').fill('图书馆');
    await press(`打开${library}`);
    await dialog().getByRole('button', { name: '换新码' }).click();
    await dialog().getByText('旧码同时作废，不能恢复').waitFor();
    await everywhere('venues-renew');
    await dialog().getByRole('button', { name: '确认换新码' }).click();
    await page.getByText(`${library}的场所码已办好`).waitFor();
    second = await printed('renewed', [595, 842]);
    expect(second).not.toBe(first);
    await world.authority.publish();
    expect(await posterSaid(world.authority, first)).toBe('revoked');
    expect(await posterSaid(world.authority, second)).toBe('good');
    await press('返回场所列表');
  });

  it('who was there is taken out for a reason, as a file', async () => {
    const { sql, cipher, clock } = world.authority;
    const now = clock.wall();
    const person = await sql.transaction((tx) =>
      takePerson(tx, someone(1, '=1+1'), { cipher, random: randomBytes, now }),
    );
    await sql.query(
      `insert into visits (id, venue_code, place, person, at, received)
       values ('v', 'ab', 'library-south', $1, $2, $2)`,
      [person, toSeconds(now) - 600],
    );
    await press(`打开${library}`);
    await dialog().getByRole('button', { name: '到访记录' }).click();
    const take = dialog().getByRole('button', { name: '导出文件' });
    expect(await take.isDisabled()).toBe(true);
    await dialog().getByLabel('哪一项调查').fill('流调 6 号');
    await everywhere('venues-visits');
    const [download] = await Promise.all([page.waitForEvent('download'), take.click()]);
    await dialog().getByText('共 1 条到访记录').waitFor();
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv).toContain(`,'=1+1,居民身份证 Resident ID,'${someone(1).number},0,`);
  });

  it('revoking says what it means and asks why; the list shows it', async () => {
    await dialog().getByRole('button', { name: '作废', exact: true }).click();
    await dialog().getByText('作废后不能恢复').waitFor();
    await dialog().getByLabel('原因').fill('海报被人换过');
    await everywhere('venues-revoke');
    await dialog().getByRole('button', { name: '确认作废' }).click();
    await page.getByText('已作废，请把海报取下').waitFor();
    await page.getByText(/已作废：海报被人换过/).waitFor();
    await everywhere('venues-places');
    await world.authority.publish();
    expect(await posterSaid(world.authority, second)).toBe('revoked');
    expect(watched).toEqual([]);
  });
});
