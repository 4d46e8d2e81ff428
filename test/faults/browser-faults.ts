import type { Page } from 'playwright-core';
import { toBase64url } from '../../src/core/base64url.ts';
import { toSeconds } from '../../src/core/units.ts';
import { inTime, pause, until } from '../support/in-time.ts';
import type { Phone } from '../support/phone.ts';
import { freshPass } from '../support/running-hub.ts';
import type { runBrowserHub } from './browser-hub.ts';
import type { BrowserWitness, Moment } from './browser-witness.ts';
import type { Dice } from './dice.ts';

export const browserFaults = [
  'kill-at-append',
  'kill-at-upload',
  'kill-at-receipt',
  'kill-at-purge',
  'kill-any-time',
  'offline-start',
  'quota',
  'closed-under-us',
  'two-tabs',
  'app-update',
] as const;
export type BrowserFault = (typeof browserFaults)[number];

export interface Bench {
  readonly hub: Awaited<ReturnType<typeof runBrowserHub>>;
  readonly phone: Phone;
  readonly witness: BrowserWitness;
  readonly dice: Dice;
}

/** Does it to the phone while it works; false when the moment did not come. */
export async function strikeBrowser(kind: BrowserFault, bench: Bench): Promise<boolean> {
  const { phone, dice } = bench;
  switch (kind) {
    case 'kill-at-append':
      return killAt('append', bench, () => scan(bench, phone.page()));
    case 'kill-at-upload':
      return killAt('upload', bench, () => upload(bench));
    case 'kill-at-receipt':
      return killAt('receipt', bench, () => upload(bench));
    case 'kill-at-purge':
      return killAtPurge(bench);
    case 'kill-any-time':
      await scan(bench, phone.page());
      await pause(dice.whole(250));
      await phone.crash({ offline: false });
      return true;
    case 'offline-start':
      await phone.crash({ offline: true });
      await people(bench, phone.page());
      await phone.setOffline(false);
      return true;
    case 'quota':
      return fullDisk(bench);
    case 'closed-under-us':
      await scanAndLook(bench, phone.page());
      await evaluate(phone.page(), () => void window.dispatchEvent(new Event('kakou-hang-up')));
      await people(bench, phone.page());
      return true;
    case 'two-tabs':
      return twoTabs(bench);
    case 'app-update':
      return update(bench);
  }
}

/** A person comes whose code is new; a hardware scanner types it, with no card of another one up. */
export async function scan({ hub }: Bench, page: Page): Promise<void> {
  await closeCard(page);
  const jti = crypto.getRandomValues(new Uint8Array(12));
  const text = await freshPass({ jti, at: toSeconds(hub.wall()) });
  const type = (typed: { text: string; jti: string }) => {
    document.documentElement.dataset['presented'] = typed.jti;
    for (const key of [...typed.text, 'Enter']) {
      window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    }
  };
  await inTime('typing a code', 30_000, page.evaluate(type, { text, jti: toBase64url(jti) }));
}

async function closeCard(page: Page): Promise<void> {
  await until('the card to close', 10_000, async () => {
    await page.keyboard.press('Escape'); // a new card does not listen at once
    // one that is not green is ended by its buttons only
    await page.evaluate(() => {
      const buttons = [...document.querySelectorAll<HTMLElement>('section[data-state] button')];
      const ends = buttons.find(({ textContent }) =>
        /^(继续扫码|放行|体温正常)$/.test(textContent.trim()),
      );
      if (ends?.closest('[data-state=pass]') === null) ends.click();
    });
    return (await card(page).count()) === 0;
  });
}

const card = (page: Page) => page.locator('section[data-state]');

/** The same, and the guard waits for the verdict. */
async function scanAndLook(bench: Bench, page: Page): Promise<void> {
  await scan(bench, page);
  await card(page)
    .waitFor({ timeout: 5000 })
    .catch(() => undefined); // a full disk, or the app was still starting
}

export async function people(bench: Bench, page: Page): Promise<void> {
  for (let left = bench.dice.whole(6); left > 0; left--) await scanAndLook(bench, page);
}

const evaluate = <T>(page: Page, task: () => T) =>
  inTime('something in the page', 30_000, page.evaluate(task));

/** The app uploads when the network comes back. */
const upload = ({ phone }: Bench) =>
  evaluate(phone.page(), () => void window.dispatchEvent(new Event('online')));

async function killAt(moment: Moment, bench: Bench, task: () => Promise<unknown>) {
  const { witness, phone, dice } = bench;
  await scanAndLook(bench, phone.page());
  const coming = witness.next(moment).then(() => true);
  await task();
  const came = await Promise.race([coming, pause(20_000).then(() => false)]);
  await pause(dice.whole(15));
  await phone.crash({ offline: false });
  return came;
}

/** The guard changes, eight days pass, and the next starts forget the shift that is over. */
async function killAtPurge(bench: Bench): Promise<boolean> {
  const { hub, phone, witness } = bench;
  const page = phone.page();
  await closeCard(page);
  await page.getByRole('button', { name: '本班' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '交接' }).click();
  await page.getByRole('dialog').getByRole('textbox').last().fill('8');
  await page.getByRole('dialog').getByText('热成像', { exact: true }).last().click();
  await page.getByRole('dialog').locator('button[type=submit]').last().click();
  await page
    .getByRole('dialog')
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
  await inStep(bench);
  witness.note(await phone.entries());
  const coming = witness.next('purge').then(() => true);
  await hub.passDays(8);
  await page.reload(); // learns what time it is, and forgets
  const came = await Promise.race([coming, pause(15_000).then(() => false)]);
  await pause(bench.dice.whole(10));
  await phone.crash({ offline: false });
  return came;
}

/** Everything is at the hub, and the phone has its word for it. */
export async function inStep(bench: Bench): Promise<void> {
  const { phone } = bench;
  await until(
    'the hub to have all of the log',
    60_000,
    async () => {
      await upload(bench);
      const head = (await phone.entries()).at(-1)?.seq ?? 0;
      return (await phone.cursor())?.seq === head;
    },
    300,
  );
}

async function fullDisk(bench: Bench): Promise<boolean> {
  const { phone, witness } = bench;
  witness.isDiskFull = true;
  await phone.crash({ offline: false });
  witness.isDiskFull = false;
  await phone.page().locator('video').waitFor();
  const isFull = await evaluate(phone.page(), isDiskFull);
  await people(bench, phone.page());
  await phone.crash({ offline: false });
  return isFull;
}

/** In the page: whether a write of some size fails. */
function isDiskFull(): Promise<boolean> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('kakou-probe');
    opening.onerror = () => resolve(true);
    opening.onupgradeneeded = () => opening.result.createObjectStore('probe');
    opening.onsuccess = () => {
      const writing = opening.result.transaction('probe', 'readwrite');
      writing.objectStore('probe').put(new Uint8Array(20_000_000), 1);
      writing.oncomplete = () => resolve(false);
      writing.onabort = () => resolve(true);
    };
  });
}

async function twoTabs(bench: Bench): Promise<boolean> {
  const { phone, witness, hub } = bench;
  const other = await phone.page().context().newPage();
  await witness.prepare(other);
  await other.goto(hub.url);
  await other.locator('video').waitFor();
  const both = [phone.page(), other].map((page) => people(bench, page));
  await Promise.all(both);
  await other.close();
  return true;
}

/** Another build is offered and taken in the middle of the shift. */
async function update({ hub, phone }: Bench): Promise<boolean> {
  const page = phone.page();
  await hub.nextBuild();
  await evaluate(page, () => {
    void navigator.serviceWorker.ready.then((registration) => registration.update());
  });
  await closeCard(page);
  const offer = page.getByRole('button', { name: '更新' });
  const isOffered = (ms: number) =>
    offer.waitFor({ timeout: ms }).then(
      () => true,
      () => false,
    );
  // A tab closed soon after a killed browser has started leaves Chromium's own queue of workers' jobs
  // standing (seen with 156): it asks the hub for nothing until a page is opened the next time.
  if (!(await isOffered(20_000))) {
    await page.reload();
    if (!(await isOffered(60_000)))
      throw new Error(`no new version is offered: ${await evaluate(page, workers)}`);
  }
  await offer.click({ timeout: 30_000 });
  await page.waitForEvent('load', { timeout: 30_000 }).catch(() => undefined);
  await page.locator('video').waitFor();
  return true;
}

/** In the page: what there is of the service worker, and whether its script can be had. */
async function workers(): Promise<string> {
  const { controller } = navigator.serviceWorker;
  const all = await navigator.serviceWorker.getRegistrations();
  const script = fetch('/sw.js', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
  return JSON.stringify({
    controller: controller?.state,
    registered: all.map(({ installing, waiting, active }) =>
      [installing, waiting, active].map((worker) => worker?.state ?? 'none'),
    ),
    script: await script.then(({ status }) => status).catch(String),
    online: navigator.onLine,
  });
}
