import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { contrast, glare, wordsOfCard } from '../support/gallery/contrast.ts';
import { galleryPages, type Show } from '../support/gallery/pages.ts';
import { screens } from '../support/gallery/screens.ts';
import { settled } from '../support/gallery/serve.ts';

const onPage = galleryPages();

async function showCard(page: Page, show: Show, name: string, query: string): Promise<void> {
  await show(name, query);
  // the supervisor's word comes later than its button is pressed
  if (name === 'overrule') await page.locator('section[data-state] input').waitFor();
}

const cards = [
  'pass',
  'temperature',
  'keypad',
  'check',
  'refusing',
  'orange',
  'notice',
  'stop-red',
  'overrule',
  'fever',
  'not-a-pass',
];

describe.concurrent.each(cards)('the card "%s"', (name) => {
  it.each(['light', 'night', 'strong'])(
    'has words, shape and buttons of a contrast of 7 to 1 in %s',
    (theme) =>
      onPage(async (page, show) => {
        await showCard(page, show, name, `lang=zh-CN&theme=${theme}`);
        const all = await wordsOfCard(page);
        expect(all.length).toBeGreaterThan(5);
        for (const { what, colour, ground } of all)
          expect(contrast(colour, ground), `${what}: ${colour} on ${ground}`).toBeGreaterThan(7);
      }),
  );

  it('does not blind a guard at night: it shines less than a tenth of white, and its state stays shape and word', () =>
    onPage(async (page, show) => {
      await showCard(page, show, name, 'lang=zh-CN&theme=night');
      expect(await glare(page)).toBeLessThan(0.1);
      const shape = page.locator('section[data-state] svg[data-shape]').first();
      expect(await shape.isVisible()).toBe(true);
      expect(await page.locator('section[data-state] h1').isVisible()).toBe(true);
    }));
});

it.concurrent('a frame tells the cards apart at night where all of them are dark', () =>
  onPage(async (page, show) => {
    const frames = new Set<string>();
    for (const name of ['pass', 'check', 'stop-red', 'not-a-pass', 'temperature']) {
      await showCard(page, show, name, 'theme=night');
      const card = page.locator('section[data-state]');
      frames.add(await card.evaluate((one) => getComputedStyle(one).outline));
    }
    expect(frames.size).toBe(5);
  }));

/** What of a card ends below the edge of what shows it, by a hair too, with no arrow to say that it goes on. */
const cutSilently = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('section[data-state] *')]
      .filter((part) => part.checkVisibility() && !part.closest('[data-more]'))
      .flatMap((part) => {
        const clips = (box: Element) => getComputedStyle(box).overflowY !== 'visible';
        let box = part.parentElement;
        while (box && !clips(box)) box = box.parentElement;
        const edge = Math.min(box?.getBoundingClientRect().bottom ?? innerHeight, innerHeight);
        const over = part.getBoundingClientRect().bottom - edge;
        return over > 0.5 ? [`${part.tagName} "${part.textContent}" by ${over.toFixed(1)} px`] : [];
      }),
  );

const allCards = Object.keys(screens).filter((name) => screens[name]?.state.card);

describe.concurrent.each(['zh-CN', 'zh-TW', 'en'])('in %s', (language) => {
  it.each([
    [360, 740],
    [360, 640],
  ])('no card is cut at its lower edge without an arrow, on %i × %i', (width, height) =>
    onPage(async (page, show) => {
      await page.setViewportSize({ width, height });
      expect(allCards.length).toBeGreaterThan(15);
      const cut: Record<string, string[]> = {};
      for (const name of allCards) {
        await showCard(page, show, name, `lang=${language}`);
        await settled(page);
        const found = await cutSilently(page);
        if (found.length > 0) cut[name] = found;
      }
      expect(cut).toEqual({});
    }),
  );
});
