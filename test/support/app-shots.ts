/** `npm run shots`: pictures of the running app for the README and the manifest, from a real browser. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { createPhone, startShift, verdictOn } from './phone.ts';
import { freshPass, runHub } from './running-hub.ts';

const folder = join(import.meta.dirname, '..', '..', 'public', 'screenshots');

async function save(page: Page, name: string): Promise<void> {
  const png = await page.screenshot();
  const small = sharp(png).png({ palette: true, colours: 64, effort: 10 });
  await small.toFile(join(folder, `${name}.png`));
}

async function shoot(locale: 'zh-CN' | 'en'): Promise<void> {
  const hub = await runHub();
  const phone = await createPhone(hub.url, { locale });
  const scan = async (name: string, ...pass: Parameters<typeof freshPass>) => {
    await phone.film([{ text: await freshPass(...pass), frames: 30 }]);
    await phone.page().reload();
    await verdictOn(phone.page());
    await save(phone.page(), `${name}-${locale}`);
  };
  try {
    await startShift(phone.page());
    await scan('pass');
    await scan('check', { issuer: 'CN-HE', state: 'y' });
    await scan('stop', {}, 300);
    await phone.film([{ text: undefined, frames: 30 }]);
    await phone.page().reload();
    await phone.page().locator('video').waitFor();
    await phone.page().waitForTimeout(1500);
    await save(phone.page(), `scan-${locale}`);
    if (locale === 'zh-CN') {
      await phone.page().setViewportSize({ width: 1280, height: 800 });
      await phone.page().waitForTimeout(500);
      await save(phone.page(), 'scan-wide');
    }
  } finally {
    await phone.close();
    await hub.close();
  }
}

await mkdir(folder, { recursive: true });
await shoot('zh-CN');
await shoot('en');
