/**
 * People a minute at a metro gate, in a real Chromium, each with a code of their own and the next one
 * stepping up as soon as the one before is through:
 *   npm run bench:people -- [--people 30] [--gap 300] [--json FILE]
 * With the ordinary card, which goes by itself after 1.8 s, and in rapid mode. `--gap`: milliseconds
 * in which nobody's code is in view, while one goes and the next holds up a phone.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { giveCanvasCamera, holdUp } from '../support/canvas-camera.ts';
import { enrolLink } from '../support/enrol-link.ts';
import { frame } from '../support/fake-camera.ts';
import { createPhone, type Phone } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '30' },
    gap: { type: 'string', default: '300' },
    json: { type: 'string' },
  },
});
const people = Number(values.people);
const gapMs = Number(values.gap);

/** Enrols at a metro gate and begins the shift, in rapid mode where that is asked for on its start. */
async function begin(phone: Phone, link: string, rapid: boolean): Promise<number> {
  const page = phone.page();
  const buffer = await (await frame(link)).png().toBuffer();
  const file = { name: 'code.png', mimeType: 'image/png', buffer };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '一样', exact: true }).click();
  let taps = 0;
  const count = () => taps++;
  await page.getByText('热成像', { exact: true }).click().then(count);
  await page.getByRole('textbox').fill('0712');
  if (rapid)
    await page
      .getByRole('switch', { name: /快速通行/ })
      .click()
      .then(count);
  await page.locator('button[type=submit]').click().then(count);
  await page.locator('video').waitFor();
  return taps;
}

/** Waits until the verdict of this person is on screen, and the way is free for the next. */
async function through(page: Page, rapid: boolean, person: number): Promise<void> {
  if (rapid) {
    await page.waitForFunction((count) => window.flashes > count, person, { timeout: 10_000 });
    return;
  }
  const card = page.locator('section[data-state=pass]');
  await card.waitFor({ timeout: 10_000 });
  await card.waitFor({ state: 'detached', timeout: 10_000 });
}

async function measure(mode: 'card' | 'rapid') {
  const hub = await runHub();
  const phone = await createPhone(hub.url, { prepare: giveCanvasCamera });
  try {
    const page = phone.page();
    const link = await enrolLink(hub, { venue: 'transit' });
    const taps = await begin(phone, link, mode === 'rapid');
    await page.waitForTimeout(1500);
    const each: number[] = [];
    for (let person = 0; person <= people; person++) {
      const code = await freshPass();
      const from = performance.now();
      await holdUp(page, code);
      await through(page, mode === 'rapid', person);
      await holdUp(page);
      await page.waitForTimeout(gapMs);
      each.push(performance.now() - from);
    }
    const [, ...measured] = each.toSorted((a, b) => b - a); // without the slowest: the first loads what shows a verdict
    const meanMs = measured.reduce((sum, ms) => sum + ms, 0) / measured.length;
    const scans = (await phone.entries()).filter(({ type }) => type === 'scan').length;
    if (scans !== people + 1) throw new Error(`${people + 1} people, ${scans} scans written`);
    const perMinute = Math.round(60_000 / meanMs);
    return { mode, people: scans, secondsEach: (meanMs / 1000).toFixed(2), perMinute, taps };
  } finally {
    await phone.close();
    await hub.close();
  }
}

const rows = [];
for (const mode of ['card', 'rapid'] as const) {
  const row = await measure(mode);
  rows.push(row);
  console.log(row);
}
console.table(rows);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 2));
process.exitCode = rows.some(({ mode, perMinute }) => mode === 'rapid' && perMinute < 40) ? 1 : 0;
