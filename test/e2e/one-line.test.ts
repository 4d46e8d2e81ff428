import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { galleryPages } from '../support/gallery/pages.ts';

const onPage = galleryPages();

/** Labels of buttons that take more than one line. The tools under the viewfinder may: an icon leads. */
const wrapped = (page: Page) =>
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

it.concurrent.each(['zh-CN', 'zh-TW', 'en'])(
  'on the narrowest phone every button a guard needs stays on one line, in %s',
  (language) =>
    onPage(async (page, show) => {
      for (const name of names) {
        await show(name, `lang=${language}`);
        expect([name, await wrapped(page)]).toEqual([name, []]);
      }
    }),
);
