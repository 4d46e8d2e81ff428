import type { BrowserContext, Page } from 'playwright-core';
import { launch } from '../support/chromium.ts';
import { inTime } from '../support/in-time.ts';
import { killBrowser } from '../support/kill-browser.ts';
import { called, type Engine, language, type Start, size, type Tab } from './engine.ts';

export async function startChromium({ profile, scripts }: Start): Promise<Engine> {
  const context = await launch({
    whole: true,
    userDataDir: profile,
    context: { viewport: size, locale: language, permissions: ['camera'] },
  });
  for (const script of scripts) await context.addInitScript(script);
  return {
    newTab: async () => tabOf(await unusedPage(context)),
    kill: () => killBrowser(context),
    close: () => inTime('Chromium to close', 20_000, context.close()),
  };
}

/** A browser begins with an empty page. */
async function unusedPage(context: BrowserContext): Promise<Page> {
  const empty = context.pages().find((page) => page.url() === 'about:blank');
  return empty ?? context.newPage();
}

function tabOf(page: Page): Tab {
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    async run(work, given) {
      const value = await page.evaluate<string | undefined>(called(work, given));
      return value === undefined ? undefined : JSON.parse(value);
    },
    type: (keys) => page.keyboard.type(keys),
    escape: () => page.keyboard.press('Escape'),
    click: (x, y) => page.mouse.click(x, y),
    picture: () => page.screenshot(),
    close: () => page.close(),
  };
}
