import { describe, expect, it } from 'vitest';
import { check } from '../support/gallery/looks.ts';
import { galleryPages } from '../support/gallery/pages.ts';

const onPage = galleryPages();

describe.concurrent('a screen reader', () => {
  it('hears the state of the phone, the counts and the tools of the scan screen', () =>
    onPage(async (page, show) => {
      await show('scan', 'lang=en');
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
    }));

  it('is told a verdict at once: politely when somebody may pass, loudly when not', () =>
    onPage(async (page, show) => {
      await show('pass', 'lang=en');
      expect(
        await page.getByRole('region', { name: 'Verdict' }).getByRole('status').ariaSnapshot(),
      ).toBe(
        '- status:\n  - heading "Pass" [level=1]\n  - paragraph: Code is good\n' +
          '  - paragraph: Issuer, time and status checked.\n  - paragraph: Let the person through.',
      );
      await show('stop-red', 'lang=en');
      const alert = page.getByRole('region', { name: 'Verdict' }).getByRole('alert');
      expect(await alert.ariaSnapshot()).toContain('heading "Stop"');
    }));

  it.each([
    ['shift', 'Shift'],
    ['manual', 'Manual entry'],
    ['settings', 'Settings'],
    ['hand-over', 'Hand over'],
    ['end-shift', 'End this shift?'],
    ['supervisor', 'Supervisor'],
    ['self-check', 'Self-check'],
  ])('is told what has opened: "%s" is the dialog "%s", and it can be closed', (name, title) =>
    onPage(async (page, show) => {
      await show(name, 'lang=en');
      const dialog = page.getByRole('dialog', { name: title });
      expect(await dialog.getByRole('button', { name: 'Close' }).count()).toBe(1);
      expect(await dialog.ariaSnapshot()).not.toMatch(
        /- (button|textbox|radio|switch)(?=\n|:|$| \[)/m,
      );
    }),
  );
});

describe.concurrent('the wishes of the phone', () => {
  it.each(['scan', 'pass', 'stop-red', 'settings', 'summary-night'])(
    'forced colours keep "%s" readable, its shapes and swatches with it',
    (name) =>
      onPage(async (page, show) => {
        await page.emulateMedia({ forcedColors: 'active' });
        await show(name, 'lang=en');
        expect(await check(page, `${name} in forced colours`)).toBe(0);
        const shapes = await page
          .locator('svg[data-shape]')
          .evaluateAll((all) => all.map((one) => getComputedStyle(one).stroke));
        expect(shapes).not.toContain('none');
        await page.emulateMedia({ forcedColors: 'none' });
      }),
  );

  it('reduced motion leaves nothing moving', () =>
    onPage(async (page, show) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await show('pass', 'lang=en');
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      await show('pass', 'lang=en');
      expect(await page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
    }));
});
