import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/chromium.ts';
import { check, tooSmall, tooWide } from '../support/gallery/looks.ts';
import { screens } from '../support/gallery/screens.ts';
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

describe.each(Object.keys(screens))('the screen "%s"', (name) => {
  it.each([
    ['zh-CN', 'light'],
    ['en', 'night'],
  ])(
    'in %s, %s: axe finds nothing serious, targets are big, nothing sticks out',
    async (language, theme) => {
      const url = `${gallery.base}?screen=${name}&lang=${language}&theme=${theme}`;
      await open(page, url, screens[name]);
      const title = `${name} ${language}`;
      expect(await check(page, title)).toBe(0);
      expect(await tooSmall(page, title)).toBe(0);
      expect(await tooWide(page, title)).toBe(0);
    },
  );

  it('keeps within the screen with letters of 140 %, and zoomed in twice on a tablet', async () => {
    const url = `${gallery.base}?screen=${name}&lang=zh-CN&text=140`;
    await open(page, url, screens[name]);
    expect(await tooWide(page, `${name} at 140 %`)).toBe(0);
    await page.setViewportSize({ width: 384, height: 512 });
    expect(await tooWide(page, `${name} zoomed`)).toBe(0);
    await page.setViewportSize({ width: 360, height: 740 });
  });
});
