import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { brokenWords, check, cutOff, tooSmall } from '../support/gallery/looks.ts';
import { galleryPages, upright } from '../support/gallery/pages.ts';
import { screens } from '../support/gallery/screens.ts';

const onPage = galleryPages();

interface Way {
  readonly width: number;
  readonly height: number;
  readonly text: string;
}
const zoomedIn: Way = { width: 180, height: 370, text: '100' };
const across: Way = { width: 740, height: 360, text: '100' };
const large: Way = { ...upright, text: '140' };

/** Each way of holding and reading the screen that is open, in these looks; to turn it costs more than to look. */
async function cutsNothing(
  page: Page,
  title: string,
  ways: readonly Way[],
  themes: readonly string[],
): Promise<void> {
  for (const { width, height, text } of ways) {
    await page.setViewportSize({ width, height });
    for (const theme of themes) {
      await page.evaluate(
        ([size, look]) => {
          document.documentElement.setAttribute('data-text', size);
          document.documentElement.setAttribute('data-theme', look);
        },
        [text, theme] as const,
      );
      expect(await cutOff(page, `${title} ${theme} ${text} % ${width}`)).toBe(0);
    }
  }
}

describe.concurrent.each(Object.keys(screens))('the screen "%s"', (name) => {
  it.each([
    ['zh-CN', 'light'],
    ['en', 'night'],
  ])(
    'in %s, %s: axe finds nothing serious, targets are big, nothing sticks out or is cut off, zoomed in twice, held across, in the largest letters',
    (language, theme) =>
      onPage(async (page, show) => {
        await show(name, `lang=${language}&theme=${theme}`);
        const title = `${name} ${language}`;
        expect(await check(page, title)).toBe(0);
        expect(await tooSmall(page, title)).toBe(0);
        expect(await cutOff(page, title)).toBe(0);
        expect(await brokenWords(page, title)).toBe(0);
        await cutsNothing(page, title, [large, across, zoomedIn], [theme]);
      }),
  );

  it('cuts no text off in zh-TW', () =>
    onPage(async (page, show) => {
      await show(name, 'lang=zh-TW');
      expect(await cutOff(page, `${name} zh-TW`)).toBe(0);
    }));
});

// after the others: from words that are bent back to straight ones a page has to be opened anew
it.concurrent.each(Object.keys(screens))(
  'the screen "%s" cuts no text off where words are a third longer than in English',
  (name) =>
    onPage(async (page, show) => {
      await show(name, 'lang=pseudo');
      expect(await cutOff(page, `${name} pseudo`)).toBe(0);
    }),
);
