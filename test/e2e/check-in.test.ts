import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPicture } from '../../src/cli/picture.ts';
import { venueFragment } from '../../src/core/place/venue-code.ts';
import { epochMillis } from '../../src/core/units.ts';
import { testChildren } from '../../src/demo/test-persons.ts';
import { codeReader, declareOn, looks, verdictOf } from '../support/authority/citizen-phone.ts';
import { register } from '../support/authority/citizen-walk.ts';
import { runAuthority } from '../support/authority/running-authority.ts';
import { operator, type TestAuthority } from '../support/authority/test-authority.ts';
import { giveCanvasCamera, holdUp } from '../support/canvas-camera.ts';
import { freshContext } from '../support/chromium.ts';
import { isInOrder, watchPage } from '../support/desk-page.ts';
import { home } from '../support/passes.ts';
import { poster } from '../support/posters.ts';

const library = '天津图书馆南门';
let authority: Awaited<ReturnType<typeof runAuthority>>;
let read: (page: Page) => Promise<string>;
let context: BrowserContext;
let page: Page;
let watched: readonly string[];
/** The link on the library's poster. */
let link: string;
/** Whatever was asked of the network, without what a browser keeps to itself. */
const asked: string[] = [];

beforeAll(async () => {
  authority = await runAuthority();
  read = await codeReader();
  link = await poster(epochMillis(Date.now() - 60_000), { host: new URL(authority.origin).host });
  context = await freshContext({
    ...{ viewport: { width: 360, height: 740 }, locale: 'zh-CN', permissions: ['camera'] },
  });
  page = await context.newPage();
  await giveCanvasCamera(page);
  watched = watchPage(page, authority.origin);
  page.on('request', (request) => {
    const [url] = request.url().split('#');
    const body = request.url().endsWith('/api/visits') ? '' : (request.postData() ?? '');
    asked.push(`${url} ${JSON.stringify(request.headers())} ${body}`);
  });
});
afterAll(async () => {
  await context?.close();
  await authority?.close();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const visits = () =>
  authority.sql.query<{ id: string; with_count: number }>('select * from visits order by received');
const at = (gate: string) =>
  read(page).then((text) => verdictOf(authority, text, 1, { ...home, id: gate }));

it('a citizen opens a poster’s link, goes in with a child, and their code is good at that gate alone', async () => {
  const [child] = testChildren;
  if (!child) throw new Error('no child');
  await register(authority, [{ child, guardian: 'zhang' }]);
  await page.goto(link.replace('https:', 'http:'));
  await page.getByText('登录后继续登记进入场所。').waitFor();
  expect(page.url()).toBe(`${authority.origin}/citizen/#checkin`);
  await page.locator('a[href="/authority/sign-in"]').click();
  await page.getByRole('link', { name: '张小三', exact: true }).click();
  await page.getByRole('heading', { name: library }).waitFor();
  await declareOn(page);
  expect(
    await page.evaluate(async (body) => {
      const answer = await fetch('/authority/api/relatives', { method: 'POST', body });
      return answer.status;
    }, JSON.stringify({ child })),
  ).toBe(201);
  // whoever is in doubt opens it again, signed in by now
  await page.goto('about:blank');
  await page.goto(link.replace('https:', 'http:'));
  await page.getByRole('checkbox', { name: '李*花' }).check();
  await looks(page, 'check-in-good');
  await isInOrder(page);
  await press('确认进入');
  await page.getByRole('heading', { name: library }).waitFor();
  await page.getByText(/^进入时间 /).waitFor();
  await page.locator('[role=img] svg').waitFor();
  await looks(page, 'check-in-bound');
  await isInOrder(page);
  expect(await at(home.id)).toBe('pass/admitted');
  expect(await at('another-gate')).toBe('stop/wrong-gate');
  await expect.poll(visits).toHaveLength(2);
  expect(await visits()).toMatchObject([{ with_count: 1 }, { with_count: 0 }]);
  await press('离开此场所');
  await page.getByText(/^进入时间 /).waitFor({ state: 'detached' });
  await expect.poll(() => at('another-gate')).toBe('pass/admitted');
  expect(asked.filter((one) => one.includes(venueFragment(link)))).toEqual([]);
});

it('goes in without a network by the camera, and the visit arrives once when there is one', async () => {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await expect.poll(() => held(page)).toEqual([1, 1]);
  await expect.poll(() => page.evaluate(linkWorker)).toBe('activated');
  await context.setOffline(true);
  await page.goto('about:blank');
  await page.goto(link.replace('https:', 'http:'));
  await page.getByRole('heading', { name: library }).waitFor();
  await press('不进入');
  await page.getByText('把海报上的场所码放进框里').waitFor();
  await looks(page, 'check-in-scan');
  await isInOrder(page);
  await holdUp(page, link.replace(new URL(authority.origin).host, 'code.examp1e.com'));
  await page.getByRole('heading', { name: '链接通向别处，当心假冒' }).waitFor();
  await page.getByText(/code\.examp1e\.com/).waitFor();
  await looks(page, 'check-in-elsewhere');
  await holdUp(page, link);
  await press('再扫一次');
  await page.getByRole('heading', { name: library }).waitFor();
  await press('确认进入');
  await page.getByText(/^进入时间 /).waitFor();
  await expect.poll(() => read(page)).toMatch(/^KK2:/);
  expect(await at(home.id)).toBe('pass/admitted');
  expect(await at('another-gate')).toBe('stop/wrong-gate');
  await page.evaluate(() => {
    location.hash = 'visits';
  });
  await page.getByRole('heading', { name: '等待上传' }).waitFor();
  await looks(page, 'visits-waiting');
  expect(await visits()).toHaveLength(2);
  await context.setOffline(false);
  await page.getByRole('heading', { name: '等待上传' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText(library).first().waitFor();
  expect(await page.getByText(library).count()).toBe(2);
  await looks(page, 'visits');
  expect(await visits()).toHaveLength(3);
  expect(watched).toEqual([]);
});

it('who asked for a place’s code prints its poster as the desk granted it, until it is revoked', async () => {
  const library = { name: '图书馆', venue: 'other', district: '120103' };
  const asked = await page.evaluate(async (body) => {
    const answer = await fetch('/authority/api/venue-applications', { method: 'POST', body });
    return (await answer.json()).id as string;
  }, JSON.stringify(library));
  const desk = await operator(authority as unknown as TestAuthority);
  const granted = { ...library, name: '天津图书馆北门', place: 'library-north' };
  const answer = { outcome: 'granted', ...granted };
  const made = await desk.post(`/desk/venue-applications/${asked}`, answer);
  const { code } = made.body.place;
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await page.goto(`${authority.origin}/citizen/#venues`);
  await page.reload();
  await press('天津图书馆北门的海报');
  await looks(page, 'own-poster');
  await isInOrder(page);
  await press('打印');
  await page.locator('body[data-printed]').waitFor();
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('body > section');
  expect(await paper.textContent()).toContain('天津图书馆北门');
  const file = join(mkdtempSync(join(tmpdir(), 'kakou-own-poster-')), 'poster.png');
  const screen = page.viewportSize() ?? { width: 360, height: 740 };
  await page.setViewportSize({ width: 794, height: 1123 }); // the sheet, not the phone
  await paper.screenshot({ path: file });
  await page.setViewportSize(screen);
  await page.emulateMedia({ media: null });
  expect(await readPicture(file)).toBe(code.text);
  rmSync(dirname(file), { recursive: true });
  await press('返回');
  const reason = '海报被人换过';
  await desk.post('/desk/places/revoke', { place: 'library-north', code: code.id, reason });
  await page.reload();
  await page.getByText('场所码已作废，请取下海报。').waitFor();
  expect(await page.getByRole('button', { name: /的海报$/ }).count()).toBe(0);
  expect(watched).toEqual([]);
});

/** Whether a poster's link leads to the page without a network. */
async function linkWorker(): Promise<string | undefined> {
  const all = await navigator.serviceWorker.getRegistrations();
  return all.find(({ scope }) => new URL(scope).pathname === '/v')?.active?.state;
}

/** How many day credentials and sets of trust files are kept. */
const held = (of: Page) =>
  of.evaluate(() => {
    const count = (name: string, store: string) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = reject;
        opening.onsuccess = () => {
          const counting = opening.result.transaction(store).objectStore(store).count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      });
    return Promise.all([count('kakou-citizen', 'held'), count('kakou-citizen-visits', 'trust')]);
  });
