import { describe, expect, it } from 'vitest';
import { outOfSight } from '../support/gallery/looks.ts';
import { galleryPages } from '../support/gallery/pages.ts';

const onPage = galleryPages();

describe.concurrent.each(['zh-CN', 'zh-TW', 'en'])('on a phone of 360 × 740, in %s', (language) => {
  it.each(['manual', 'manual-measure'])(
    'everything a guard fills in and presses of the form "%s" is in sight at once, the temperature too',
    (screen) =>
      onPage(async (page, show) => {
        await show(screen, `lang=${language}`);
        const all = ['label', 'input:not(label *)', 'button', 'legend', 'p:not(:empty)'];
        const what = all.map((each) => `dialog[open] ${each}`).join();
        expect(await outOfSight(page, what)).toEqual([]);
        // the temperature is the last that is filled in: next to the buttons
        const fields = page.locator('dialog[open] input');
        const [last, admit] = [fields.last(), page.locator('dialog[open] button:disabled').last()];
        const bottom = async (it: typeof last) => {
          const box = await it.boundingBox();
          return (box?.y ?? 0) + (box?.height ?? 0);
        };
        expect((await bottom(admit)) - (await bottom(last))).toBeLessThan(180);
      }),
  );

  it.each(['start', 'start-asked', 'start-known'])(
    'everything a guard taps at the start of a shift is in sight at once: "%s"',
    (screen) =>
      onPage(async (page, show) => {
        await show(screen, `lang=${language}`);
        expect(await outOfSight(page, 'main label, main button, main input:not(label *)')).toEqual(
          [],
        );
      }),
  );

  it('the temperature comes first, and is in sight with rapid mode and every name, at a metro gate with six guards', () =>
    onPage(async (page, show) => {
      await show('start-most', `lang=${language}`);
      const tapped = ['label:has([type=radio])', 'label:has([role=switch])', 'li button'];
      expect(await outOfSight(page, tapped.map((each) => `main ${each}`).join())).toEqual([]);
      expect(await page.locator('main input').first().getAttribute('type')).toBe('radio');
    }));

  it('the reasons of a refusal are in sight at once and the way back from it', () =>
    onPage(async (page, show) => {
      await show('manual', `lang=${language}`);
      await page.locator('dialog[open] button').last().click();
      const buttons = page.locator('dialog[open] fieldset:visible button');
      expect(await buttons.count()).toBe(6);
      expect(await outOfSight(page, 'dialog[open] button')).toEqual([]);
      await buttons.last().click();
      expect(await page.locator('dialog[open] input:visible').count()).toBeGreaterThan(6);
    }));
});
