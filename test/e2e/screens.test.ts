import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/chromium.ts';
import { brokenWords, check, cutOff, tooSmall } from '../support/gallery/looks.ts';
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
      expect(await cutOff(page, title)).toBe(0);
      expect(await brokenWords(page, title)).toBe(0);
    },
  );

  it.each([
    ['zoomed in twice on a phone', 'zh-CN', 100, 180, 370],
    ['zoomed in twice on a phone', 'en', 100, 180, 370],
    ['in the largest letters', 'en', 140, 360, 740],
    ['in traditional Chinese', 'zh-TW', 100, 360, 740],
    ['in a language a third longer than English', 'pseudo', 100, 360, 740],
    ['on a phone held across', 'zh-CN', 100, 740, 360],
  ])('cuts no text off %s (%s, %d %%, %d × %d)', async (_, language, text, width, height) => {
    await page.setViewportSize({ width, height });
    await open(page, `${gallery.base}?screen=${name}&lang=${language}&text=${text}`, screens[name]);
    expect(await cutOff(page, `${name} ${language} ${text} % ${width}`)).toBe(0);
    await page.setViewportSize({ width: 360, height: 740 });
  });
});
