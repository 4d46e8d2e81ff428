/**
 * Takes a picture of every screen in every size, language and theme, and runs axe-core over it.
 * `npx tsx test/support/gallery/shoot.ts FOLDER [SCREEN…]`; ends non-zero on a serious
 * violation, a screen wider than the phone, a target under 60 px or a text under 18 px.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch } from '../chromium.ts';
import { check, cutOff, tooSmall } from './looks.ts';
import { screens } from './screens.ts';
import { open, serveGallery } from './serve.ts';

const sizes = [
  [360, 740],
  [768, 1024],
  [1280, 800],
  [740, 360],
] as const;
const languages = ['zh-CN', 'en'] as const;
const themes = ['light', 'night', 'strong'] as const;

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder for the pictures');
await mkdir(folder, { recursive: true });

const { base, close } = await serveGallery();
const browser = await launch();
const page = await browser.newPage();

let problems = 0;
for (const name of wanted.length > 0 ? wanted : Object.keys(screens)) {
  for (const language of languages) {
    for (const theme of themes) problems += await shoot(page, name, language, theme);
  }
}
await browser.close();
await close();
console.log(problems === 0 ? 'no serious problem' : `${problems} serious problems`);
process.exitCode = problems === 0 ? 0 : 1;

async function shoot(page: Page, name: string, language: string, theme: string): Promise<number> {
  const [first] = sizes;
  await page.setViewportSize({ width: first[0], height: first[1] });
  await open(page, `${base}?screen=${name}&lang=${language}&theme=${theme}`, screens[name]);
  await page.waitForTimeout(250);
  let found = 0;
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    const file = `${name}.${language}.${theme}.${width}.png`;
    await page.screenshot({ path: join(folder ?? '', file) });
    found += (await cutOff(page, file)) + (await tooSmall(page, file));
  }
  return found + (await check(page, `${name}.${language}.${theme}`));
}
