/**
 * Takes a picture of every screen in every size, language and theme, and runs axe-core over it.
 * `npx tsx test/support/gallery/shoot.ts FOLDER [SCREEN…]`; ends non-zero on a serious
 * violation, a screen wider than the phone, a target under 60 px or a text under 18 px.
 */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Page } from 'playwright-core';
import { createServer } from 'vite';
import { launch } from '../chromium.ts';
import { screens } from './screens.ts';

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

const server = await createServer({
  configFile: false,
  cacheDir: fileURLToPath(new URL('../../../node_modules/.cache/gallery', import.meta.url)),
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  logLevel: 'warn',
  server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
});
await server.listen();
const base = server.resolvedUrls?.local[0] ?? '';
const browser = await launch();
const page = await browser.newPage();
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let problems = 0;
for (const name of wanted.length > 0 ? wanted : Object.keys(screens)) {
  for (const language of languages) {
    for (const theme of themes) problems += await shoot(page, name, language, theme);
  }
}
await browser.close();
await server.close();
console.log(problems === 0 ? 'no serious problem' : `${problems} serious problems`);
process.exitCode = problems === 0 ? 0 : 1;

async function shoot(page: Page, name: string, language: string, theme: string): Promise<number> {
  const [first] = sizes;
  await page.setViewportSize({ width: first[0], height: first[1] });
  await page.goto(`${base}?screen=${name}&lang=${language}&theme=${theme}`);
  await page.waitForSelector('#root > *');
  if (screens[name]?.press) await page.waitForSelector('dialog[open], output');
  await page.waitForTimeout(250);
  let found = 0;
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    const file = `${name}.${language}.${theme}.${width}.png`;
    await page.screenshot({ path: join(folder ?? '', file) });
    found += (await tooWide(page, file)) + (await tooSmall(page, file));
  }
  return found + (await check(page, `${name}.${language}.${theme}`));
}

async function tooWide(page: Page, file: string): Promise<number> {
  const wide = await page.evaluate(() =>
    [
      ...document.querySelectorAll('html, main, dialog, section, section > div, nav button, ul'),
    ].some((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0),
  );
  if (wide) console.log(`${file}: wider than the screen`);
  return wide ? 1 : 0;
}

/** Targets under 60 × 60 px and texts under 18 px. */
async function tooSmall(page: Page, file: string): Promise<number> {
  const small = await page.evaluate(() => {
    const pressable = [
      ...document.querySelectorAll('button, label:has(input), input:not(label *)'),
    ];
    const targets = pressable.filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && (width < 60 || height < 60);
    });
    const texts = [...document.querySelectorAll('body *')].filter(
      (element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()) &&
        Number.parseFloat(getComputedStyle(element).fontSize) < 18,
    );
    return [...targets, ...texts].map((element) => element.outerHTML.slice(0, 120));
  });
  for (const html of small) console.log(`${file}: too small: ${html}`);
  return small.length;
}

async function check(page: Page, title: string): Promise<number> {
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate(async () => {
    const run = Reflect.get(window, 'axe') as { run(): Promise<{ violations: Violation[] }> };
    interface Violation {
      id: string;
      impact: string;
      nodes: { html: string; failureSummary: string }[];
    }
    return (await run.run()).violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map((node) => `${node.html.slice(0, 160)}\n    ${node.failureSummary}`),
    }));
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  for (const { id, impact, nodes } of serious)
    console.log(`${title}: ${impact} ${id}\n  ${nodes.join('\n  ')}`);
  return serious.length;
}
