import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { brokenWords, cutOff, tooSmall } from '../support/gallery/looks.ts';
import { galleryPages } from '../support/gallery/pages.ts';
import { settled } from '../support/gallery/serve.ts';

const onPage = galleryPages();

/** What is hidden below the edge of a box that scrolls, or cannot, with nothing to say so; of what lies uppermost. */
const silentlyHidden = (page: Page) =>
  page.evaluate(() => {
    const upper = 'section[data-state], section[data-state] > *, dialog[open]';
    const what = document.querySelector(upper) ? upper : 'main';
    return [...document.querySelectorAll(what)]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight > 1)
      .filter((box) => !box.matches('[data-more]'))
      .map((box) => box.outerHTML.slice(0, 100));
  });

/** The letters of the browser itself, a setting of the phone: 16 px are 100 %. */
async function withFont(page: Page, percent: number, look: () => Promise<void>): Promise<void> {
  if (percent === 100) return look();
  const session = await page.context().newCDPSession(page);
  const setTo = (px: number) =>
    session.send('Page.setFontSizes', { fontSizes: { standard: px, fixed: px } });
  await setTo((16 * percent) / 100);
  await look();
  await setTo(16);
  await session.detach();
}

/** As it was opened, in the app's letters of this size. */
async function backToTop(page: Page, text: string): Promise<void> {
  await page.evaluate((size) => {
    document.documentElement.setAttribute('data-text', size);
    for (const box of document.querySelectorAll('main, section, section > *, dialog'))
      box.scrollTo(0, 0);
  }, text);
  await settled(page);
}

/** Scrolls every box to its end, as a guard would. */
async function scrollToEnds(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const box of document.querySelectorAll('[data-more]')) box.scrollTo(0, box.scrollHeight);
  });
  await settled(page);
}

const read = [
  'pass',
  'keypad',
  'start',
  'start-known',
  'start-most',
  'start-asked',
  'start-transit',
  'enrol',
  'enrol-differ',
  'summary',
  'shift',
  'settings',
  'manual',
  'stop-forged',
  'clock-untrusted',
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
  'fever',
  'wrong-gate',
  'trust-expired',
  'holder-longest',
  'holder-arabic',
];
/** Traditional characters are as wide as simplified ones: where they are largest is enough. */
const largest = new Set(['140 100 360', '100 200 360']);

/** Letters of the app and of the browser, width and height of the screen. */
const sizes = [
  ['100', 100, 360, 740],
  ['140', 100, 360, 740],
  ['100', 100, 180, 370],
  ['140', 100, 740, 360],
  ['100', 200, 360, 740],
] as const;

describe.concurrent.each(read)('the screen "%s"', (name) => {
  it.each(['zh-CN', 'zh-TW', 'en'])(
    'in %s says where there is more below, and no longer once it is read, in large letters and zoomed in',
    (language) =>
      onPage(async (page, show) => {
        await show(name, `lang=${language}`);
        for (const [text, font, width, height] of sizes) {
          const at = `${text} % ${font} % ${width}`;
          if (language === 'zh-TW' && !largest.has(`${text} ${font} ${width}`)) continue;
          await page.setViewportSize({ width, height });
          await withFont(page, font, async () => {
            await backToTop(page, text);
            expect(await silentlyHidden(page), at).toEqual([]);
            if (font === 200) {
              expect(await cutOff(page, `${name} ${at}`), at).toBe(0);
              expect(await tooSmall(page, `${name} ${at}`), at).toBe(0);
            } else if (width === 360 && name !== 'report')
              expect(await brokenWords(page, `${name} ${at}`), at).toBe(0);
            await scrollToEnds(page);
            expect(await page.locator('[data-more]').count(), at).toBe(0);
          });
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
