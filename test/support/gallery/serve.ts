import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Page } from 'playwright-core';
import { createServer } from 'vite';
import type { Screen } from './screens.ts';

/** The gallery on a free loopback port. */
export async function serveGallery(): Promise<{ base: string; close(): Promise<void> }> {
  const server = await createServer({
    configFile: false,
    cacheDir: fileURLToPath(new URL('../../../node_modules/.cache/gallery', import.meta.url)),
    root: fileURLToPath(new URL('.', import.meta.url)),
    plugins: [react()],
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  });
  await server.listen();
  return { base: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}

/** Shows one screen and waits until everything it opens is there. */
export async function open(page: Page, url: string, screen: Screen | undefined): Promise<void> {
  await page.goto(url);
  await page.waitForSelector('#root > *');
  if (screen?.state.card) await page.waitForSelector('section[data-state]');
  if (screen?.state.choice) await page.waitForSelector('dialog[open] img');
  if (screen?.press) await page.waitForSelector('html[data-ready] :is(dialog[open], output)');
}
