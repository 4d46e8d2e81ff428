import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from '../support/chromium.ts';
import { screens } from '../support/gallery/screens.ts';
import { open, serveGallery } from '../support/gallery/serve.ts';

/** What goes to a printer, printed by a real Chromium. */
let gallery: Awaited<ReturnType<typeof serveGallery>>;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await launch();
  page = await browser.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  // a headless browser has no printer: it would say at once that it is done
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

async function openPaper(language: string): Promise<void> {
  await open(page, `${gallery.base}?screen=settings&lang=${language}`, screens['settings']);
  await page.getByRole('button', { name: /门岗一页纸|值勤須知|the guard’s page/ }).click();
  await page.locator('body[data-printed] > section h1').waitFor({ state: 'attached' });
}

it.each(['zh-CN', 'zh-TW', 'en'])("the guard's card is one page of A4, in %s", async (language) => {
  await openPaper(language);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 703, height: 1032 }); // A4 less its margins, at 96 dpi
  const section = page.locator('body > section');
  const folder = process.env['PAPER_PICTURES'];
  if (folder) await section.screenshot({ path: `${folder}/guard.${language}.png` });
  const box = await section.boundingBox();
  expect(box?.height).toBeLessThan(1032);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 360, height: 740 });
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await section.waitFor({ state: 'detached' }); // printed: it does not stand in another paper's way
});

it.each(['zh-CN', 'en'])('docs/guard.%s.md says what the printed card says', async (language) => {
  await openPaper(language);
  const url = new URL(`../../docs/guard.${language}.md`, import.meta.url);
  const document = readFileSync(url, 'utf8').replace(/\*\*/g, '');
  const parts = 'h2, p, th, td, li, dt';
  const said = await page.locator('body > section').locator(parts).allTextContents();
  expect(said.length).toBeGreaterThan(25);
  expect(said.filter((sentence) => !document.includes(sentence))).toEqual([]);
});
