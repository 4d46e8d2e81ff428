import { afterAll, beforeAll, expect, it } from 'vitest';
import { pause } from '../support/in-time.ts';
import { createPhone, type Phone, startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

/** A phone that is too busy to paint: what is tapped then was meant for what it still showed. */
let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
const page = () => phone.page();
const button = (name: string) => page().getByRole('button', { name, exact: true });

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  await startShift(page());
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

/** As soon as this stands in the document the page is busy, lets its timers through, and is busy again. */
async function stallAt(selector: string, firstMs: number, thenMs: number): Promise<void> {
  await page().evaluate(
    ([wanted, first, then]) => {
      const busy = (ms: number) => {
        const from = performance.now();
        while (performance.now() - from < ms);
      };
      const observer = new MutationObserver(() => {
        if (!document.querySelector(wanted)) return;
        observer.disconnect();
        console.info('stalled', performance.timeOrigin + performance.now());
        busy(first);
        setTimeout(() => busy(then), 1); // after the timers that are due by then
      });
      observer.observe(document, { childList: true, subtree: true, attributeFilter: ['open'] });
    },
    [selector, firstMs, thenMs] as const,
  );
}

/** Where its middle is. */
async function middleOf(name: string): Promise<{ x: number; y: number }> {
  const box = await button(name).boundingBox();
  if (!box) throw new Error(`no ${name} on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/**
 * A tap `afterMs` after the page stalled, sent whole and with that time, as the system stamps it: how late
 * this process is does not show. Resolves when the page has taken it.
 */
async function tapInStall(at: { x: number; y: number }, afterMs: number): Promise<void> {
  const session = await page().context().newCDPSession(page());
  const stalled = await page().waitForEvent('console', (said) => said.text().startsWith('stalled'));
  await pause(afterMs);
  const timestamp = (Number(stalled.text().split(' ')[1]) + afterMs) / 1000;
  const how = { ...at, timestamp, button: 'left', clickCount: 1 } as const;
  const types = ['mousePressed', 'mouseReleased'] as const;
  await Promise.all(
    types.map((type) => session.send('Input.dispatchMouseEvent', { type, ...how })),
  );
  await session.detach();
}

const decisions = async () =>
  (await phone.entries()).filter(({ type }) => type === 'decision').length;

it('a tap that was made before a card was seen does not let anybody in', async () => {
  await insertScan(page(), await freshPass({ issuer: 'CN-HE', state: 'y' }));
  await page().locator('section[data-state]:not([data-deaf])').waitFor();
  const letIn = await middleOf('放行');
  await page().mouse.click(letIn.x, letIn.y);
  await page().locator('section[data-state]').waitFor({ state: 'detached' });
  expect(await decisions()).toBe(1);

  await stallAt('section[data-state]', 500, 900);
  const tapped = tapInStall(letIn, 600);
  await insertScan(page(), await freshPass({ issuer: 'CN-HE', state: 'y' }));
  await tapped;
  expect(await decisions()).toBe(1);
  await page().locator('section[data-state=check]:not([data-deaf])').waitFor();
  await page().mouse.click(letIn.x, letIn.y);
  await page().locator('section[data-state]').waitFor({ state: 'detached' });
  expect(await decisions()).toBe(2);
});

it('a tap that was made before a sheet was seen presses nothing on it', async () => {
  await button('设置').click();
  const close = await middleOf('关闭');
  await button('关闭').click();
  await page().locator('dialog[open]').waitFor({ state: 'detached' });

  await stallAt('dialog[open]', 900, 0);
  const tapped = tapInStall(close, 400);
  await button('设置').click();
  await tapped;
  expect(await page().locator('dialog[open]').count()).toBe(1);
  await button('关闭').click();
  await page().locator('dialog[open]').waitFor({ state: 'detached' });
});
