import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { freshContext } from '../chromium.ts';
import { screens } from './screens.ts';
import { open, serveGallery, showNext } from './serve.ts';

/** Opens a screen of the gallery; `query` says how it is shown: `lang=en&theme=night`. */
export type Show = (name: string, query: string) => Promise<void>;

export type Look = (page: Page, show: Show) => Promise<void>;

export const upright = { width: 360, height: 740 } as const;

/**
 * The gallery for one test file. What is returned gives each test a page that nobody else uses, a phone
 * held upright. A screen mostly waits for itself: with `concurrent` Vitest looks at several at once, and
 * there are as many pages. One on which a test has failed is not used again.
 */
export function galleryPages(): (look: Look) => Promise<void> {
  let gallery: Awaited<ReturnType<typeof serveGallery>>;
  let browser: BrowserContext;
  const free: Page[] = [];
  beforeAll(async () => {
    gallery = await serveGallery();
    browser = await freshContext();
  });
  afterAll(async () => {
    await browser?.close();
    await gallery?.close();
  });
  return async (look) => {
    const page = free.pop() ?? (await browser.newPage());
    await page.setViewportSize(upright);
    const show: Show = (name, query) => {
      const url = `${gallery.base}?screen=${name}&${query}`;
      return page.url().startsWith(gallery.base)
        ? showNext(page, url, screens[name])
        : open(page, url, screens[name]);
    };
    await look(page, show);
    free.push(page);
  };
}
