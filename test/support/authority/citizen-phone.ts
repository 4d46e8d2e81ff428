import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readFolder } from '../../../src/authority/trust-folder.ts';
import { acceptTrust, noMarks } from '../../../src/core/trust/accept.ts';
import { epochMillis, toSeconds } from '../../../src/core/units.ts';
import { verifyPass } from '../../../src/core/verify/pipeline.ts';
import type { GateFacts } from '../../../src/core/verify/venue-rules.ts';
import { readAll } from '../../../src/decoder/decode.ts';
import { loadZxing } from '../../../src/decoder/zxing.ts';
import { home } from '../passes.ts';
import type { runAuthority } from './running-authority.ts';

type Authority = Awaited<ReturnType<typeof runAuthority>>;
/** Where it is reached. */
type At = Pick<Authority, 'origin'>;

/** Signs one of the demo's people in, by the provider's own page. */
export async function signInAs(page: Page, { origin }: At, name: string): Promise<void> {
  await page.goto(`${origin}/citizen/`);
  await page.locator('a[href="/authority/sign-in"]').click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('navigation').waitFor();
}

/** What the page itself would send, unless something was declared already: nothing to tell, but for `over`. */
export async function declareOn(page: Page, over: object = {}): Promise<void> {
  const status = await page.evaluate(async (more) => {
    const declaration = {
      ...{ phone: '13800138000', address: '解放北路188号', district: '120101', symptoms: [] },
      ...{ contact: false, travel: [], abroad: false },
      ...more,
    };
    const me = await (await fetch('/authority/api/me')).json();
    if (me.declaredAt !== null) return 201;
    const body = JSON.stringify({ declaration });
    return (await fetch('/authority/api/declarations', { method: 'POST', body })).status;
  }, over);
  if (status !== 201) throw new Error(`declaring: ${status}`);
}

/** A code as it is drawn: its width in modules with the margin, and the path of the dark ones. */
export interface DrawnCode {
  readonly size: number;
  readonly d: string;
}

/** Reads the modules of a code that is drawn, as a camera held straight in front would see them; `''`: none. */
export async function modulesReader(): Promise<(drawn: DrawnCode | undefined) => string> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const read = await loadZxing({ wasmBinary: await readFile(wasm) });
  return (drawn) => {
    if (!drawn) return '';
    const scale = 5;
    const width = drawn.size * scale;
    const data = new Uint8Array(width * width * 4).fill(255);
    for (const [, x, y] of drawn.d.matchAll(/M(\d+) (\d+)/g))
      for (let row = 0; row < scale; row++)
        for (let column = 0; column < scale; column++) {
          const at = ((Number(y) * scale + row) * width + Number(x) * scale + column) * 4;
          data.fill(0, at, at + 3);
        }
    return readAll(read, { data, width, height: width })[0]?.text ?? '';
  };
}

export async function codeReader(): Promise<(page: Page) => Promise<string>> {
  const read = await modulesReader();
  return async (page) =>
    read(
      await page
        .locator('[role=img] svg')
        .evaluate((svg) => ({
          size: Number(svg.getAttribute('viewBox')?.split(' ')[2]),
          d: svg.querySelector('path')?.getAttribute('d') ?? '',
        }))
        .catch(() => undefined),
    );
}

/** What a scanner that has just synced says of a code, `ageS` after now. */
export async function verdictOf(
  { folder }: Pick<Authority, 'folder'>,
  text: string,
  ageS = 1,
  gate: GateFacts = home,
): Promise<string> {
  const now = Date.now() + ageS * 1000;
  const { roots, bundle, lists } = await readFolder(folder);
  const [pinnedRoot, ...next] = roots;
  if (!pinnedRoot || !bundle) throw new Error('nothing is published');
  const files = { pinnedRoot, roots: next, bundle, lists };
  const accepted = await acceptTrust(files, noMarks, toSeconds(epochMillis(Date.now())));
  if (!accepted.ok) throw new Error(accepted.error.problem);
  const { state, reason } = await verifyPass(text, {
    now: { at: epochMillis(now), quality: 'synced' },
    ...{ trust: accepted.value.view, gate },
  });
  return `${state}/${reason}`;
}

/** With CITIZEN_PICTURES=DIR: what it looks like, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['CITIZEN_PICTURES'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

const sizes = [
  { width: 360, height: 740, colorScheme: 'light', locale: 'zh-CN' },
  { width: 360, height: 740, colorScheme: 'dark', locale: 'en' },
  { width: 768, height: 1024, colorScheme: 'light', locale: 'en' },
  { width: 1280, height: 800, colorScheme: 'dark', locale: 'zh-CN' },
] as const;

/** The same at four sizes, light and dark, in two languages; then as it was. */
export async function looks(page: Page, name: string): Promise<void> {
  if (!process.env['CITIZEN_PICTURES']) return;
  const before = page.viewportSize();
  const language = page.locator('header select');
  const spoken = await language.inputValue();
  for (const { colorScheme, locale, ...size } of sizes) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await language.selectOption(locale);
    await picture(page, `${name}-${locale}-${size.width}-${colorScheme}`);
  }
  await language.selectOption(spoken);
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}
