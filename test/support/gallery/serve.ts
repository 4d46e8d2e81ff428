import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Page } from 'playwright-core';
import { build, preview as servePreview } from 'vite';
import type { Screen } from './screens.ts';

/** The gallery, built afresh, on a free loopback port. */
export async function serveGallery(): Promise<{ base: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'kakou-gallery-'));
  const built = { configFile: false, root: import.meta.dirname, logLevel: 'warn' } as const;
  await build({ ...built, plugins: [react()], build: { outDir, emptyOutDir: true } });
  const preview = { host: '127.0.0.1', port: 0 };
  const server = await servePreview({ ...built, build: { outDir }, preview });
  return {
    base: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** Shows one screen and waits until everything it opens is there. */
export async function open(page: Page, url: string, screen: Screen | undefined): Promise<void> {
  await page.goto(url);
  await page.waitForSelector('#root > *');
  if (screen?.state.card) await page.waitForSelector('section[data-state]');
  if (screen?.state.choice) await page.waitForSelector('dialog[open] img');
  if (screen?.press) await page.waitForSelector('html[data-ready] :is(dialog[open], output)');
}
