import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPicture } from '../../src/cli/picture.ts';
import type { NewCode } from '../../src/core/console/devices.ts';
import { epochMillis } from '../../src/core/units.ts';
import { addGate } from '../../src/hub/store/places/gates.ts';
import { freshContext } from '../support/chromium.ts';
import { deskWords } from '../support/desk-language.ts';
import { invitedBy, watchPage } from '../support/desk-page.ts';
import { testKey } from '../support/log-entries.ts';
import { runHub } from '../support/running-hub.ts';
import { enrolToken } from '../support/test-hub.ts';

/** Pictures of every card and the whole as PDF, for whoever wants to look at them. */
const pictures = process.env['DESK_PICTURES'] || undefined;

/** What a name may be at its longest, where lines may be broken anywhere and where nowhere. */
const longest = ['天津市河西区文化中心图书馆南门'.repeat(8), 'W'.repeat(120)];
const gates = Array.from({ length: 30 }, (_, i) => ({
  ...{ id: `g-${i}`, name: longest[i - 10] ?? `第 ${i} 号门`, venue: 'residential' },
  ...{ region: 'CN-TJ', direction: 'in' },
}));

const perMm = 96 / 25.4;
/** A4 within the desk's own margins, in CSS pixels. */
const sheet = { width: Math.floor((210 - 24) * perMm), height: Math.floor((297 - 24) * perMm) };

const t = deskWords('en');
let hub: Awaited<ReturnType<typeof runHub>>;
let context: BrowserContext;
let page: Page;
let problems: readonly string[];
let folder: string;
let codes: readonly NewCode[];

beforeAll(async () => {
  folder = pictures ?? mkdtempSync(join(tmpdir(), 'kakou-cards-'));
  mkdirSync(folder, { recursive: true });
  hub = await runHub();
  for (const gate of gates) await addGate(hub.sql, gate as never, epochMillis(Date.now()));
  context = await freshContext({ locale: 'en', viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  problems = watchPage(page, hub.url);
  await page.goto(await invitedBy(hub, { name: '王芳', role: 'admin', areas: 'all' }));
  await page.getByLabel(t('join.password')).fill('a gate in the rain');
  await page.getByLabel(t('join.repeat')).fill('a gate in the rain');
  await page.getByRole('button', { name: t('join.go'), exact: true }).click();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: t('page.gates') })
    .click();
  await page.getByLabel(t('gates.pickAll')).check();
  await page.getByRole('button', { name: t('gates.enrol', { count: gates.length }) }).click();
  const answered = page.waitForResponse((response) => response.url().endsWith('/codes'));
  await page.getByRole('button', { name: t('enrol.paper') }).click();
  ({ codes } = await (await answered).json());
  await page.getByRole('heading', { name: '第 29 号门' }).waitFor();
  // at night, too, paper is white
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize(sheet);
});
afterAll(async () => {
  await context?.close();
  await hub?.close();
  if (!pictures) rmSync(folder, { recursive: true });
});

const cards = () => page.locator('main li').filter({ visible: true });

it('prints each gate’s card whole on a page of its own, however long the name', async () => {
  const sizes = await cards().evaluateAll((all) =>
    all.map((card) => {
      const box = card.getBoundingClientRect();
      const parts = [...card.querySelectorAll('*')].filter((part) => part.checkVisibility());
      // to the edges of its letters: what has no room is wider than its box
      const right = Math.max(...parts.map((part) => box.left + part.scrollWidth));
      const { breakInside, breakAfter } = getComputedStyle(card);
      return { height: box.height, left: box.left, right, breakInside, breakAfter };
    }),
  );
  expect(sizes).toHaveLength(gates.length);
  for (const [i, { height, left, right, ...breaks }] of sizes.entries()) {
    const isLast = i === gates.length - 1;
    expect(breaks).toEqual({ breakInside: 'avoid', breakAfter: isLast ? 'auto' : 'page' });
    expect(height, `height of card ${i}`).toBeLessThanOrEqual(sheet.height);
    expect(left, `left edge of card ${i}`).toBeGreaterThanOrEqual(0);
    expect(right, `right edge of card ${i}`).toBeLessThanOrEqual(sheet.width);
  }
  const path = join(folder, 'cards.pdf');
  const pdf = (await page.pdf({ preferCSSPageSize: true, path })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(new Set(boxes.map(([, ...of]) => of.map(Number).map(Math.round).join()))).toEqual(
    new Set(['595,842']),
  );
  // no card is higher than a page or shares one, and no page is empty
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(gates.length);
});

it('prints nothing but the cards: no heading of the page, no way elsewhere, no button', async () => {
  const { words, others, buttons } = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: Element[] = [];
    while (texts.nextNode()) {
      const holder = texts.currentNode.parentElement;
      if (texts.currentNode.textContent?.trim() && holder?.checkVisibility()) shown.push(holder);
    }
    const isOther = (one: Element) => !one.closest('main li');
    const controls = [...document.querySelectorAll('button, a, input, select, nav')];
    return {
      words: shown.length,
      others: shown.filter(isOther).map((one) => one.textContent),
      buttons: controls.filter((one) => one.checkVisibility()).map((one) => one.textContent),
    };
  });
  expect(words).toBeGreaterThan(gates.length * 3);
  expect(others).toEqual([]);
  expect(buttons).toEqual([]);
});

it('prints codes that our decoder reads as it is printed, each of the gate that is named beside it', async () => {
  const links = new Map(codes.map(({ gate, link }) => [gate, link]));
  expect(new Set(links.values()).size).toBe(gates.length);
  const read = new Map<string, string>();
  for (const card of await cards().all()) {
    const gate = (await card.locator('code').textContent()) ?? '';
    const name = await card.getByRole('heading').textContent();
    expect(name).toBe(gates.find(({ id }) => id === gate)?.name);
    const box = await card.locator('svg').boundingBox();
    expect((box?.width ?? 0) / perMm).toBeGreaterThan(100);
    const path = join(folder, `card-${gate}.png`);
    await card.screenshot({ path });
    read.set(gate, await readPicture(path));
  }
  expect(read).toEqual(links);
});

it('prints no card whose phone is enrolled already, nor an empty page in its place', async () => {
  const last = codes.find(({ gate }) => gate === gates.at(-1)?.id);
  const code = new URLSearchParams(last?.link.split('#')[1]).get('code') ?? '';
  const claims = { iat: Math.floor(Date.now() / 1000) };
  const body = await enrolToken(code, await testKey(), { claims });
  const answer = await fetch(new URL('v1/devices', hub.url), { method: 'POST', body });
  expect(answer.status).toBe(201);
  await expect.poll(() => cards().count()).toBe(gates.length - 1);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(gates.length - 1);
});

it('asked no other origin, and nothing broke on the page', () => expect(problems).toEqual([]));
