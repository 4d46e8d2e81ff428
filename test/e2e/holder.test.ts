import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/chromium.ts';
import { holders } from '../support/gallery/screens.ts';
import { open, serveGallery } from '../support/gallery/serve.ts';

let gallery: Awaited<ReturnType<typeof serveGallery>>;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await launch();
  page = await browser.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** Left edge and middle of each character, as it is drawn. */
const drawn = (locator: Locator) =>
  locator.evaluate((element) => {
    const text = element.firstChild;
    if (!(text instanceof Text)) throw new Error('no text');
    return [...text.data].map((letter, at) => {
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const { left, top, height } = range.getBoundingClientRect();
      return { letter, left, middle: top + height / 2 };
    });
  });
const rising = (values: readonly number[]) =>
  values.every((x, at) => at === 0 || x > (values[at - 1] ?? x));

describe.each(Object.keys(holders))('the card of "%s"', (name) => {
  it.each(['zh-CN', 'en'])(
    'in %s: the id reads left to right under the name, and nothing is pushed out of sight',
    async (language) => {
      await open(page, `${gallery.base}?screen=${name}&lang=${language}`, holders[name]);
      const [nameBdi, idBdi] = await page.locator('section[data-state] dd > bdi[class]').all();
      if (!nameBdi || !idBdi) throw new Error('no holder');

      const id = await drawn(idBdi);
      expect(rising(id.map(({ left }) => left))).toBe(true);
      expect(new Set(id.map(({ middle }) => Math.round(middle))).size).toBe(1);
      const [nameBox, idBox] = [await nameBdi.boundingBox(), await idBdi.boundingBox()];
      expect((nameBox?.y ?? 0) + (nameBox?.height ?? 0)).toBeLessThanOrEqual((idBox?.y ?? 0) + 1);
      expect(nameBox?.height).toBeLessThan(3 * (idBox?.height ?? 0));

      // age, hotline and the relative's mark are there without scrolling
      const below = page.locator('section[data-state] :is(dd, p > strong)');
      for (const part of (await below.all()).slice(-3)) {
        const box = await part.boundingBox();
        expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(740);
      }
    },
  );
});

it('a name from right to left is drawn from right to left, on the side of the other lines', async () => {
  await open(page, `${gallery.base}?screen=holder-hebrew&lang=en`, holders['holder-hebrew']);
  const [name, id] = await page.locator('section[data-state] dd > bdi[class]').all();
  if (!name || !id) throw new Error('no holder');
  const letters = (await drawn(name)).map(({ left }) => left);
  expect(rising([...letters].reverse())).toBe(true);
  const edge = Math.min(...letters);
  expect(Math.abs(edge - ((await drawn(id))[0]?.left ?? 0))).toBeLessThan(3);
});
