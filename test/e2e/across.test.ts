import { expect, it } from 'vitest';
import { brokenWords, outOfSight } from '../support/gallery/looks.ts';
import { galleryPages, upright } from '../support/gallery/pages.ts';
import { settled } from '../support/gallery/serve.ts';

const onPage = galleryPages();
const across = { width: 740, height: 360 } as const;

it.concurrent.each(['check', 'yellow', 'orange', 'notice', 'not-a-pass', 'stop-red'])(
  'on a phone held across the card "%s" shows what to do next, above its buttons',
  (name) =>
    onPage(async (page, show) => {
      await page.setViewportSize(across);
      for (const language of ['zh-CN', 'zh-TW']) {
        await show(name, `lang=${language}`);
        await settled(page);
        expect(await outOfSight(page, 'section[data-state] p[class*=next]'), language).toEqual([]);
      }
    }),
);

it.concurrent.each([
  ['upright', upright],
  ['across', across],
])(
  'on a phone held %s the tools stay on the screen, however much there is to say above them',
  (_, size) =>
    onPage(async (page, show) => {
      await page.setViewportSize(size);
      for (const name of ['scan', 'scan-storage', 'scan-worried']) {
        for (const language of ['zh-CN', 'en']) {
          await show(name, `lang=${language}`);
          await settled(page);
          expect(await outOfSight(page, 'nav > *'), `${name} ${language}`).toEqual([]);
        }
      }
    }),
);

it.concurrent.each([
  'pass',
  'temperature',
  'keypad',
  'check',
  'yellow',
  'notice',
  'stop-red',
  'stop-forged',
  'not-a-pass',
  'trust-expired',
  'clock-untrusted',
])('on a tablet and at a desk the card "%s" shows what to do next, and breaks no word', (name) =>
  onPage(async (page, show) => {
    for (const language of ['zh-CN', 'en']) {
      for (const [width, height] of [
        [768, 1024],
        [1280, 800],
      ] as const) {
        await page.setViewportSize({ width, height });
        await show(name, `lang=${language}`);
        await settled(page);
        const title = `${name} ${language} ${width}`;
        expect(await brokenWords(page, title)).toBe(0);
        expect(await outOfSight(page, 'section[data-state] p[class*=next]'), title).toEqual([]);
      }
    }
  }),
);
