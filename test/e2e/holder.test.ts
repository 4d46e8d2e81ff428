import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { galleryPages } from '../support/gallery/pages.ts';
import { holders } from '../support/gallery/screens.ts';

const onPage = galleryPages();

/** Left edge and middle of each character, as it is drawn. */
const drawn = (locator: Locator) =>
  locator.evaluate((element) => {
    const text = element.firstChild;
    if (!(text instanceof Text)) throw new Error('no text');
    return [...text.data].map((letter, at) => {
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const { left, top, height } = range.getBoundingClientRect();
      return { letter, left, middle: top + height / 2 };
    });
  });
const rising = (values: readonly number[]) =>
  values.every((x, at) => at === 0 || x > (values[at - 1] ?? x));

describe.concurrent.each(Object.keys(holders))('the card of "%s"', (name) => {
  it.each(['zh-CN', 'en'])(
    'in %s: the id reads left to right under the name, and nothing is pushed out of sight',
    (language) =>
      onPage(async (page, show) => {
        await show(name, `lang=${language}`);
        const [nameBdi, idBdi] = await page.locator('section[data-state] dd > bdi[class]').all();
        if (!nameBdi || !idBdi) throw new Error('no holder');

        const id = await drawn(idBdi);
        expect(rising(id.map(({ left }) => left))).toBe(true);
        expect(new Set(id.map(({ middle }) => Math.round(middle))).size).toBe(1);
        const [nameBox, idBox] = [await nameBdi.boundingBox(), await idBdi.boundingBox()];
        if (!nameBox || !idBox) throw new Error('no holder');
        const isUnder = nameBox.y + nameBox.height <= idBox.y + 1;
        expect(isUnder || nameBox.x + nameBox.width <= idBox.x).toBe(true);
        expect(nameBox.height).toBeLessThan(3 * idBox.height);
        for (const text of await hidden(page))
          expect(text).not.toContain(await idBdi.textContent());
      }),
  );
});

/** What of the card's details is not in sight at once, above the buttons. */
const hidden = async (page: Page) => {
  const foot = await page.locator('section[data-state] > :last-child').boundingBox();
  const parts = page.locator('section[data-state] :is(dd, p > strong, [href])');
  const all = await parts.evaluateAll((found) =>
    found.map((it) => [it.textContent, it.getBoundingClientRect().bottom] as const),
  );
  expect(all.length).toBeGreaterThan(3);
  return all.filter(([, bottom]) => bottom > (foot?.y ?? 0)).map(([text]) => text);
};

describe.concurrent.each(['zh-CN', 'zh-TW'])('in %s, on a phone of 360 × 740', (language) => {
  it.each(['check', 'orange', 'notice', 'stop-red', 'holder-longest', 'holder-hebrew'])(
    'the card "%s" has whose it is, how old, marks and hotline in sight at once',
    (name) =>
      onPage(async (page, show) => {
        await show(name, `lang=${language}`);
        expect(await hidden(page)).toEqual([]);
      }),
  );
});

it.concurrent.each(
  ['check', 'orange', 'yellow'].flatMap((name) => ['zh-CN', 'zh-TW', 'en'].map((at) => [name, at])),
)(
  'the card "%s" in %s has name and id, which are compared with a document, large and in sight',
  (name, language) =>
    onPage(async (page, show) => {
      await show(name, `lang=${language}`);
      const sizes = await page
        .locator('section[data-state] dd > bdi[class]')
        .evaluateAll((all) => all.map((it) => Number.parseFloat(getComputedStyle(it).fontSize)));
      expect(sizes.length).toBe(2);
      for (const size of sizes) expect(size).toBeGreaterThanOrEqual(28);
      for (const text of await hidden(page)) expect(text).not.toMatch(/三|2X/);
    }),
);

it.concurrent('a name from right to left is drawn from right to left, on the side of the other lines', () =>
  onPage(async (page, show) => {
    await show('holder-hebrew', 'lang=en');
    const [name, id] = await page.locator('section[data-state] dd > bdi[class]').all();
    if (!name || !id) throw new Error('no holder');
    const letters = (await drawn(name)).map(({ left }) => left);
    expect(rising([...letters].reverse())).toBe(true);
    const edge = Math.min(...letters);
    expect(Math.abs(edge - ((await drawn(id))[0]?.left ?? 0))).toBeLessThan(3);
  }));
