import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { galleryPages } from '../support/gallery/pages.ts';

const onPage = galleryPages();

/** Screen, its main button, and what it is in. */
const mains: readonly (readonly [string, string, string])[] = [
  ['pass', 'Keep open', 'section[data-state]'],
  ['temperature', 'Normal', 'section[data-state]'],
  ['keypad', 'OK', 'section[data-state]'],
  ['check', 'Let in', 'section[data-state]'],
  ['not-a-pass', 'Let in', 'section[data-state]'],
  ['stop-red', 'Next scan', 'section[data-state]'],
  ['overrule', 'OK', 'section[data-state]'],
  ['manual', 'Let in', 'dialog'],
  ['manual', 'Close', 'dialog'],
  ['settings', 'Close', 'dialog'],
  ['shift', 'Close', 'dialog'],
  ['shift', 'Upload now', 'dialog'],
  ['shift', 'End shift', 'dialog'],
  ['supervisor', 'Close', 'dialog[aria-labelledby]:last-of-type'],
  ['pin-wrong', 'OK', 'dialog:last-of-type'],
  ['end-shift', 'Close', 'dialog dialog, dialog:last-of-type'],
  ['end-shift', 'End shift', 'dialog dialog, dialog:last-of-type'],
  ['hand-over', 'Hand over', 'dialog dialog, dialog:last-of-type'],
  ['camera-denied', 'Retry', 'main div:has(> [data-kind=primary])'],
  ['scan', 'Manual entry', 'nav'],
];

/** Where the middle of the button lies across what holds it: 0 at the left edge, 1 at the right; and whether it fills it. */
async function place(button: Locator, within: Locator) {
  const [own, all] = [await button.boundingBox(), await within.boundingBox()];
  if (own === null || all === null) throw new Error('not on the screen');
  return { at: (own.x + own.width / 2 - all.x) / all.width, fills: own.width > all.width * 0.7 };
}

const ways = [
  ['right', 360, 740],
  ['left', 360, 740],
  ['left', 740, 360],
  ['left', 1280, 800],
  ['right', 1280, 800],
] as const;

it.concurrent.each(mains)(
  'on the screen "%s" the button "%s" is on the side of the hand, or as wide as the screen, upright, across and wide',
  (name, label, holder) =>
    onPage(async (page, show) => {
      await show(name, 'lang=en&hand=left');
      await page.locator('html[data-hand=left]').waitFor();
      const within = page.locator(holder).last();
      const button = within.getByRole('button', { name: label, exact: true }).first();
      for (const [hand, width, height] of ways) {
        await page.setViewportSize({ width, height });
        await page.locator('html').evaluate((html, to) => html.setAttribute('data-hand', to), hand);
        const { at, fills } = await place(button, within);
        const isThere = fills || (hand === 'left' ? at < 0.5 : at > 0.5);
        expect(isThere, `${hand} hand, ${width}: at ${at}`).toBe(true);
      }
    }),
);

it.concurrent('digits stay in their order, and no words are turned round, for a left hand', () =>
  onPage(async (page, show) => {
    await show('keypad', 'lang=en&hand=left');
    const across = async (label: string) =>
      (await page.getByRole('button', { name: label, exact: true }).boundingBox())?.x ?? Number.NaN;
    expect(await across('1')).toBeLessThan(await across('2'));
    expect(await across('2')).toBeLessThan(await across('3'));
    for (const name of ['keypad', 'check', 'pass', 'manual', 'shift', 'scan', 'camera-denied']) {
      await show(name, 'lang=en&hand=left');
      const turned = await page.evaluate(() =>
        [...document.querySelectorAll('button, p, h1, h2, span, strong, label')]
          .filter((one) => getComputedStyle(one).direction !== 'ltr')
          .map((one) => one.outerHTML.slice(0, 80)),
      );
      expect(turned).toEqual([]);
    }
  }));
