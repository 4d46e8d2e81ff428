/** `npm run screenshots`: the pictures of docs/screens, small enough to keep. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { launch } from '../chromium.ts';
import { screens } from './screens.ts';
import { open, serveGallery } from './serve.ts';

const names = [
  'scan',
  'pass',
  'check',
  'stop-red',
  'not-a-pass',
  'temperature',
  'manual',
  'shift',
  'summary',
  'settings',
];
const folder = fileURLToPath(new URL('../../../docs/screens/', import.meta.url));
await mkdir(folder, { recursive: true });
const { base, close } = await serveGallery();
const browser = await launch();
const page = await browser.newPage();
await page.setViewportSize({ width: 360, height: 740 });
for (const name of names) {
  for (const language of ['zh-CN', 'en']) {
    await open(page, `${base}?screen=${name}&lang=${language}`, screens[name]);
    await page.waitForTimeout(250);
    const picture = sharp(await page.screenshot()).png({ palette: true, colours: 64 });
    await picture.toFile(`${folder}${name}.${language}.png`);
  }
}
await browser.close();
await close();
