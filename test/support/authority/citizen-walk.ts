import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { importFacts } from '../../../src/authority/facts/import-facts.ts';
import type { Identity } from '../../../src/authority/store/persons.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { testPersons } from '../../../src/demo/test-persons.ts';
import { freshContext } from '../chromium.ts';
import { watchPage } from '../desk-page.ts';
import { factsFile, testSource } from './people.ts';
import type { runAuthority } from './running-authority.ts';

export type RunningAuthority = Awaited<ReturnType<typeof runAuthority>>;

export interface Walker {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on the page, and whatever it asked of others. */
  readonly problems: readonly string[];
  /** A question of this browser's to the API, past the page. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it
  get(path: string): Promise<any>;
  go(hash: string): Promise<void>;
}

export const personOf = (id: string) => {
  const found = testPersons.find((one) => one.id === id);
  if (!found) throw new Error(`nobody is ${id}`);
  return found;
};

/** Somebody signed in by the demo's provider, on a phone. */
export async function walker(at: RunningAuthority, id: string, locale: string): Promise<Walker> {
  const viewport = { width: 360, height: 740 };
  const context = await freshContext({ locale, viewport, timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const problems = watchPage(page, at.origin);
  await page.goto(`${at.origin}/authority/sign-in`);
  await page.getByRole('link', { name: personOf(id).name }).click();
  await page.getByRole('navigation').waitFor();
  return {
    ...{ context, page, problems },
    get: async (path) => (await page.request.get(`${at.origin}/authority/api${path}`)).json(),
    // as a tap on a link does: nothing is loaded anew, and nothing that is filled in is lost
    go: (hash) =>
      page.evaluate((to) => {
        location.hash = to;
      }, hash),
  };
}

/** The household register names guardians. */
export async function register(
  at: RunningAuthority,
  lines: readonly { child: Identity; guardian: string }[],
): Promise<void> {
  const source = await testSource(at.sql, 'register', ['guardian']);
  const now = at.clock.wall();
  const told = lines.map(({ child, guardian }, index) => ({
    ...{ id: `g${index}`, kind: 'guardian', type: child.type, number: child.number },
    ...{ at: toSeconds(now), guardianType: 'resident-id' },
    guardianNumber: personOf(guardian).number,
  }));
  const file = await factsFile(source, 'household', told, { iat: toSeconds(now) });
  const { sql, cipher } = at;
  const done = await importFacts(file, { sql, cipher, now, by: 'command-line' });
  if (!done.ok || done.value.taken !== lines.length) throw new Error(JSON.stringify(done));
}

const pictures = process.env['CITIZEN_PICTURES'];

/** With `CITIZEN_PICTURES=DIR`, the page as it is now, on two phones, a tablet and a desk, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const before = page.viewportSize();
  for (const [width, height] of [
    [360, 740],
    [390, 844],
    [768, 1024],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
  }
  if (before) await page.setViewportSize(before);
}
