import { mkdir } from 'node:fs/promises';
import { launch } from '/tmp/wt/kiosk/test/support/chromium.ts';
import { screens } from '/tmp/wt/kiosk/test/support/gallery/screens.ts';
import { open, serveGallery } from '/tmp/wt/kiosk/test/support/gallery/serve.ts';
const names = (process.argv[2] ?? 'kiosk-idle').split(',');
const combos = (process.argv[3] ?? '768x1024:zh-CN:light').split(',');
await mkdir('/tmp/kshots', { recursive: true });
const { base, close } = await serveGallery();
const browser = await launch();
const page = await browser.newPage();
for (const name of names) for (const combo of combos) {
  const [size = '', lang, theme, text] = combo.split(':');
  const [width = 0, height = 0] = size.split('x').map(Number);
  await page.setViewportSize({ width, height });
  try {
    await open(page, `${base}?screen=${name}&lang=${lang}&theme=${theme}${text ? `&text=${text}` : ''}`, screens[name]);
  } catch (e) { console.log(name, combo, String(e).slice(0, 200)); }
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/kshots/${name}.${lang}.${theme}.${size}${text ?? ''}.png` });
}
await browser.close();
await close();
