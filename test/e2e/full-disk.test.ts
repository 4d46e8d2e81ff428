import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhone, type Phone, startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
/** From the next start of the browser on: it asks for room once, when it starts. */
let isFull = false;
const page = () => phone.page();

beforeAll(async () => {
  hub = await runHub();
  const { origin } = new URL(hub.url);
  phone = await createPhone(hub.url, {
    async prepare(opened) {
      if (!isFull) return;
      const cdp = await opened.context().newCDPSession(opened);
      await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    },
  });
  await startShift(page());
  await page().evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === 'activated') return;
    await new Promise((done) => active?.addEventListener('statechange', done, { once: true }));
  });
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

/** A hardware scanner types a good pass, once no other card is up. */
async function scan() {
  const text = await freshPass();
  const before = (await phone.entries()).length;
  await page().evaluate((typed) => {
    for (const key of [...typed, 'Enter'])
      window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  }, text);
  await expect.poll(async () => (await phone.entries()).length).toBeGreaterThan(before);
}

const openShift = () => page().getByRole('button', { name: '本班' }).click();
const kept = async () =>
  (await hub.sql.query<{ seq: number }>('select seq from scans order by seq')).map(
    ({ seq }) => +seq,
  );

describe('a phone whose storage is full, started anew with entries that wait', () => {
  it('uploads all of them, exports every format and ends the shift', async () => {
    await phone.setOffline(true);
    for (let people = 0; people < 5; people++) await scan();
    const waiting = (await phone.entries()).map(({ seq }) => seq);
    isFull = true;
    await phone.crash({ offline: true });
    await page().locator('video').waitFor();
    await phone.setOffline(false);
    await expect.poll(kept).toEqual(expect.arrayContaining(waiting));
    await openShift();
    await expect.poll(() => page().getByText('已全部上传，可以交还手机').count()).toBe(1);
    for (const [name, ending] of [
      ['Excel', 'xlsx'],
      ['CSV', 'csv'],
      ['JSON', 'json'],
    ] as const) {
      await page().getByRole('button', { name }).first().click();
      const saved = page().waitForEvent('download');
      await page()
        .getByRole('button', { name: new RegExp(`\\.${ending}`) })
        .click();
      expect((await saved).suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
    }
    await page().getByRole('button', { name: '下班' }).first().click();
    await page().getByRole('button', { name: '下班' }).last().click();
    await page().getByRole('heading', { name: '班次小结' }).waitFor();
    expect(await page().getByRole('alert').textContent({ timeout: 3000 })).toContain(
      '手机存储已满',
    );
    const written = (await phone.entries()).map(({ type }) => type);
    expect(written).not.toContain('shift-end'); // it truly could not be written
  });
});
