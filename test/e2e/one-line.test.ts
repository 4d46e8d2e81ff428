import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from '../support/chromium.ts';
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

/** Labels of buttons that take more than one line. The tools under the viewfinder may: an icon leads. */
const wrapped = () =>
  page.evaluate(() => {
    const labels = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found: string[] = [];
    while (labels.nextNode()) {
      const { currentNode: node } = labels;
      const button = node.parentElement?.closest('button');
      if (!button?.checkVisibility() || button.closest('nav, dialog li')) continue;
      range.selectNodeContents(node);
      const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) found.push(node.nodeValue ?? '');
    }
    return found;
  });

const names = [
  'start',
  'pass',
  'check',
  'temperature',
  'not-a-pass',
  'shift',
  'manual',
  'end-shift',
];

it.each(['zh-CN', 'zh-TW', 'en'])(
  'on the narrowest phone every button a guard needs stays on one line, in %s',
  async (language) => {
    for (const name of names) {
      await open(page, `${gallery.base}?screen=${name}&lang=${language}`, screens[name]);
      await page.waitForTimeout(200);
      expect([name, await wrapped()]).toEqual([name, []]);
    }
  },
);
