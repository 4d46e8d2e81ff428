import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Page } from 'playwright-core';
import { build, type Plugin, preview as servePreview } from 'vite';
import { onceARun } from '../once-a-run.ts';
import type { Screen } from './screens.ts';

const built = { configFile: false, root: import.meta.dirname, logLevel: 'warn' } as const;

/** The gallery, built once a run, on a free loopback port. */
export async function serveGallery(): Promise<{ base: string; close(): Promise<void> }> {
  const outDir = await onceARun('gallery', buildGallery);
  const preview = { host: '127.0.0.1', port: 0 };
  const server = await servePreview({ ...built, build: { outDir }, preview });
  return { base: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}

/** Every screen that the scanner loads when it is wanted is here from the beginning. */
const eagerScreens: Plugin = {
  name: 'eager-screens',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source.endsWith('/lazy-screen.ts') && !importer?.startsWith(import.meta.dirname)
      ? join(import.meta.dirname, 'eager-screens.ts')
      : undefined,
};

async function buildGallery(outDir: string): Promise<void> {
  const rolldownOptions = { output: { codeSplitting: false } };
  const options = { outDir, emptyOutDir: true, rolldownOptions, chunkSizeWarningLimit: 1000 };
  await build({ ...built, plugins: [eagerScreens, react()], build: options });
}

/** Shows one screen and waits until everything it opens is there. */
export async function open(page: Page, url: string, screen: Screen | undefined): Promise<void> {
  await page.goto(url);
  await shown(page, screen);
}

/** The same on a page that shows one already: eight times cheaper than to open a page. */
export async function showNext(page: Page, url: string, screen: Screen | undefined): Promise<void> {
  const { search } = new URL(url);
  const isShown = await page.evaluate((next) => window.showScreen(next), search);
  await (isShown ? shown(page, screen) : open(page, url, screen));
}

async function shown(page: Page, screen: Screen | undefined): Promise<void> {
  const wanted = ['html[data-ready] #root > *'];
  if (screen?.state.card && !screen.state.kiosk) wanted.push('section[data-state]');
  if (screen?.state.choice) wanted.push('dialog[open] img');
  if (screen?.press) wanted.push(':is(dialog[open], output, fieldset, form)');
  await page.waitForFunction(
    (all) => all.every((one) => document.querySelector(one)?.getBoundingClientRect().height),
    wanted,
  );
}

/** Waits until what watches sizes and scrolling has answered: each does once a frame. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
