import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Translate, translator } from '../../src/console/words/translate.ts';

export type WalkLanguage = 'zh-CN' | 'en';

/**
 * In which languages a walk at the desk is gone: its own, or with `DESK_LANGUAGES=both` in Chinese and
 * in English. The desks's walks have different ones, so that every run of the tests sees both.
 */
export const walkLanguages = (own: WalkLanguage): readonly WalkLanguage[] =>
  process.env['DESK_LANGUAGES'] === 'both' ? ['zh-CN', 'en'] : [own];

/** The words of the desk in a language, as its pages have them. */
export const deskWords = (language: WalkLanguage): Translate => translator(language);

const sizes = [
  [768, 1024],
  [1280, 800],
] as const;

/** With `DESK_PICTURES=DIR` pictures of a page on a tablet and at a desk, for whoever wants to look at them. */
export async function deskPictures(page: Page, name: string): Promise<void> {
  const folder = process.env['DESK_PICTURES'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
}
