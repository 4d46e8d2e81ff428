import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPhone, type Phone, startShift, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  await startShift(phone.page());
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const scans = async () => (await phone.entries()).filter((entry) => entry.type === 'scan');

it('a pass with a web link below it is admitted, and the link is never judged', async () => {
  const beside = { text: 'https://e.cn', codePx: 110, gravity: 'south' } as const;
  await phone.film([{ text: await freshPass(), frames: 30, beside }]);
  await phone.page().reload();
  expect((await verdictOn(phone.page())).state).toBe('pass');
  await phone.page().waitForTimeout(4000); // the card goes by itself, both codes stay in view
  expect(await scans()).toMatchObject([{ state: 'pass', method: 'camera' }]);
});

it("two people's passes in one view: first the one aimed at, then the other, and one at a time is said", async () => {
  const beside = {
    text: await freshPass({ issuer: 'CN-HE', state: 'y' }),
    codePx: 260,
    gravity: 'east',
  } as const;
  await phone.film([{ text: await freshPass(), frames: 30, codePx: 400, beside }]);
  await phone.page().reload();
  const first = await verdictOn(phone.page());
  expect(first.state).toBe('pass');
  const page = phone.page();
  // it goes by itself; the other one, still in view, has its turn
  await page.locator('section[data-state=check]').waitFor();
  expect(await page.locator('section[data-state=check]').textContent()).toContain(
    '一次只扫一个人的码',
  );
  expect((await scans()).slice(1).map(({ reason }) => reason)).toEqual([
    'admitted',
    'colour-caution',
  ]);
});

it('nothing of this made the browser complain', () => {
  expect([phone.complaints, phone.strangers]).toEqual([[], []]);
});
