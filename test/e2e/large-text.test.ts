import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { brokenWords } from '../support/gallery/looks.ts';
import { galleryPages } from '../support/gallery/pages.ts';
import { settled } from '../support/gallery/serve.ts';

const onPage = galleryPages();

/** What is hidden below the edge of a box that scrolls, or cannot, with nothing to say so. */
const silentlyHidden = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('section[data-state], section[data-state] > *, dialog[open]')]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight > 4)
      .filter((box) => !box.matches('[data-more]'))
      .map((box) => box.outerHTML.slice(0, 100)),
  );

/** Scrolls every box to its end, as a guard would. */
async function scrollToEnds(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const box of document.querySelectorAll('[data-more]')) box.scrollTo(0, box.scrollHeight);
  });
  await settled(page);
}

const read = [
  'orange',
  'yellow',
  'notice',
  'check',
  'refusing',
  'not-a-pass',
  'stop-red',
  'overrule',
  'temperature',
  'manual-measure',
  'hand-over',
  'last',
  'supervisor',
  'report',
];
const sizes = [
  ['100', 360, 740],
  ['140', 360, 740],
  ['100', 180, 370],
  ['140', 740, 360],
] as const;

describe.concurrent.each(read)('the screen "%s"', (name) => {
  it.each(['zh-CN', 'en'])(
    'in %s says where there is more below, and no longer once it is read, in large letters and zoomed in',
    (language) =>
      onPage(async (page, show) => {
        for (const [text, width, height] of sizes) {
          await page.setViewportSize({ width, height });
          await show(name, `lang=${language}&text=${text}`);
          await settled(page);
          expect(await silentlyHidden(page), `${text} % ${width}`).toEqual([]);
          if (width === 360 && name !== 'report')
            expect(await brokenWords(page, `${name} ${text} %`)).toBe(0);
          await scrollToEnds(page);
          expect(await page.locator('[data-more]').count(), `${text} % ${width}`).toBe(0);
        }
      }),
  );
});

it.concurrent.each(['zh-CN', 'en'])(
  'in %s the largest letters leave a third of the screen to the camera, and every tool on it',
  (language) =>
    onPage(async (page, show) => {
      await show('scan', `lang=${language}&text=140`);
      const box = async (selector: string) => page.locator(selector).first().boundingBox();
      expect((await box('[class*=view]:has(video)'))?.height).toBeGreaterThan(740 / 3);
      const tools = await box('nav');
      expect((tools?.y ?? 0) + (tools?.height ?? 0)).toBeLessThanOrEqual(741);
    }),
);
