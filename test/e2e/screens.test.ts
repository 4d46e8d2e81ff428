import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { brokenWords, check, cutOff, tooSmall } from '../support/gallery/looks.ts';
import { screens } from '../support/gallery/screens.ts';
import { open, serveGallery } from '../support/gallery/serve.ts';

const upright = { width: 360, height: 740, text: '100' };
const zoomedIn = { width: 180, height: 370, text: '100' };
const across = { width: 740, height: 360, text: '100' };
const large = { width: 360, height: 740, text: '140' };

let gallery: Awaited<ReturnType<typeof serveGallery>>;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await freshContext();
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
    ['zh-CN', [zoomedIn, across, large]],
    ['en', [zoomedIn, across, large]],
    ['zh-TW', [upright]],
    ['pseudo', [upright]], // a third longer than English
  ])(
    'cuts no text off in %s: zoomed in twice, held across, in the largest letters',
    async (language, ways) => {
      await open(page, `${gallery.base}?screen=${name}&lang=${language}`, screens[name]);
      for (const { width, height, text } of ways) {
        await page.setViewportSize({ width, height });
        await page
          .locator('html')
          .evaluate((html, size) => html.setAttribute('data-text', size), text);
        expect(await cutOff(page, `${name} ${language} ${text} % ${width}`)).toBe(0);
      }
      await page.setViewportSize(upright);
    },
  );
});
