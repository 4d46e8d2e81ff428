import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { check } from '../support/gallery/looks.ts';
import { screens } from '../support/gallery/screens.ts';
import { open, serveGallery } from '../support/gallery/serve.ts';

let gallery: Awaited<ReturnType<typeof serveGallery>>;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await freshContext();
  page = await browser.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

const show = (name: string, query = 'lang=en') =>
  open(page, `${gallery.base}?screen=${name}&${query}`, screens[name]);

/** Contrast of two `rgb()` colours: WCAG 2.2, relative luminance. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? [])
      .map((part) => Number(part) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['pass', 'check', 'stop-red', 'not-a-pass'])('the card "%s"', (name) => {
  it.each(['light', 'night', 'strong'])(
    'has words of a contrast of 7 to 1 in %s',
    async (theme) => {
      await show(name, `lang=zh-CN&theme=${theme}`);
      const { words, ground } = await page.locator('section[data-state]').evaluate((card) => ({
        ground: getComputedStyle(card).backgroundColor,
        words: [...card.querySelectorAll('h1, p, dt, dd, strong')]
          .filter((text) => getComputedStyle(text).backgroundColor === 'rgba(0, 0, 0, 0)')
          .map((text) => getComputedStyle(text).color),
      }));
      expect(words.length).toBeGreaterThan(3);
      for (const colour of new Set(words)) expect(contrast(colour, ground)).toBeGreaterThan(7);
    },
  );
});

describe('a screen reader', () => {
  it('hears the state of the phone, the counts and the tools of the scan screen', async () => {
    await show('scan');
    expect(await page.getByRole('list', { name: 'This shift' }).ariaSnapshot()).toBe(
      '- list "This shift":\n' +
        '  - listitem: Pass 128\n  - listitem: Check 9\n  - listitem: Stop 3\n' +
        "  - listitem: Can't verify 2\n  - listitem: Manual entry 7",
    );
    expect(await page.getByRole('navigation').ariaSnapshot()).toMatch(
      /navigation "Tools":\s+- button "Manual entry"\s+- text: Picture\s+- button "Picture"\s+- button "Shift"\s+- button "Settings"/,
    );
    for (const name of ['Status of this phone', 'Camera picture'])
      expect(await page.getByRole('region', { name }).count()).toBe(1);
  });

  it('is told a verdict at once: politely when somebody may pass, loudly when not', async () => {
    await show('pass');
    expect(
      await page.getByRole('region', { name: 'Verdict' }).getByRole('status').ariaSnapshot(),
    ).toBe(
      '- status:\n  - heading "Pass" [level=1]\n  - paragraph: Code is good\n' +
        '  - paragraph: Issuer, time and status checked.\n  - paragraph: Let the person through.',
    );
    await show('stop-red');
    const alert = page.getByRole('region', { name: 'Verdict' }).getByRole('alert');
    expect(await alert.ariaSnapshot()).toContain('heading "Stop"');
  });

  it.each([
    ['shift', 'Shift'],
    ['manual', 'Manual entry'],
    ['settings', 'Settings'],
    ['hand-over', 'Hand over'],
    ['end-shift', 'End this shift?'],
    ['supervisor', 'Supervisor'],
    ['self-check', 'Self-check'],
  ])(
    'is told what has opened: "%s" is the dialog "%s", and it can be closed',
    async (name, title) => {
      await show(name);
      const dialog = page.getByRole('dialog', { name: title });
      expect(await dialog.getByRole('button', { name: 'Close' }).count()).toBe(1);
      expect(await dialog.ariaSnapshot()).not.toMatch(
        /- (button|textbox|radio|switch)(?=\n|:|$| \[)/m,
      );
    },
  );
});

describe('the wishes of the phone', () => {
  it.each(['scan', 'pass', 'stop-red', 'settings', 'summary-night'])(
    'forced colours keep "%s" readable, its shapes and swatches with it',
    async (name) => {
      await page.emulateMedia({ forcedColors: 'active' });
      await show(name);
      expect(await check(page, `${name} in forced colours`)).toBe(0);
      const shapes = await page
        .locator('svg[data-shape]')
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).stroke));
      expect(shapes).not.toContain('none');
      await page.emulateMedia({ forcedColors: 'none' });
    },
  );

  it('reduced motion leaves nothing moving', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await show('pass');
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await show('pass');
    expect(await page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
  });
});
