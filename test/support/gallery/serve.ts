import react from '@vitejs/plugin-react';
import type { Page } from 'playwright-core';
import { build, preview as servePreview } from 'vite';
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

async function buildGallery(outDir: string): Promise<void> {
  await build({ ...built, plugins: [react()], build: { outDir, emptyOutDir: true } });
}

/** Shows one screen and waits until everything it opens is there. */
export async function open(page: Page, url: string, screen: Screen | undefined): Promise<void> {
  await page.goto(url);
  await page.waitForSelector('#root > *');
  if (screen?.state.card) await page.waitForSelector('section[data-state]');
  if (screen?.state.choice) await page.waitForSelector('dialog[open] img');
  if (screen?.press) await page.waitForSelector('html[data-ready] :is(dialog[open], output)');
}
