import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontOf, type Met } from '../support/front.ts';
import { createPhone, type Phone, startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let front: Awaited<ReturnType<typeof frontOf>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  front = await frontOf(hub.url);
  phone = await createPhone(front.url);
  await startShift(phone.page());
});
afterAll(async () => {
  await phone?.close();
  await front?.close();
  await hub?.close();
});

const status = () => phone.page().getByRole('region', { name: '本机状态' });
const says = (text: string) => status().getByText(text, { exact: true }).waitFor();

/** A good pass by a hardware scanner, in the log, and the card gone again. */
async function scanOne(): Promise<void> {
  const page = phone.page();
  const before = (await phone.entries()).length;
  await insertScan(page, await freshPass());
  await expect.poll(async () => (await phone.entries()).length).toBe(before + 1);
  expect((await phone.entries()).at(-1)).toMatchObject({
    reason: 'admitted',
    type: 'scan',
    state: 'pass',
  });
  await page.locator('section[data-state]').waitFor({ state: 'detached' });
}

/** One key at a time, as a slow machine takes them. */
async function closeSheets(): Promise<void> {
  const page = phone.page();
  const open = page.locator('dialog[open]');
  for (let left = await open.count(); left > 0; left = await open.count()) {
    await page.keyboard.press('Escape');
    await open.nth(left - 1).waitFor({ state: 'detached' });
  }
}

/** Asks for an upload at the shift's sheet, and waits until it says this there. */
async function uploadNow(words: string): Promise<void> {
  const page = phone.page();
  await page.getByRole('button', { name: '本班', exact: true }).click();
  await page.getByRole('button', { name: '立即上传' }).click();
  await page.getByRole('button', { name: '立即上传', disabled: false }).waitFor();
  const panel = page.locator('dialog[open] [role=status]').filter({ hasText: words });
  await panel.first().waitFor();
  await closeSheets();
}

/** Waits until the self-check says this, in the line of the hub or another. */
async function selfCheckSays(texts: string[], name = '连接管理平台'): Promise<void> {
  const page = phone.page();
  await page.getByRole('button', { name: '设置', exact: true }).click();
  await page.getByRole('button', { name: '自检' }).click();
  const line = page.locator('dialog[open] li', { hasText: name });
  // until the new check is done the last one is shown
  for (const text of texts) await line.filter({ hasText: text }).waitFor();
  await closeSheets();
}

describe('a phone on its first visit', () => {
  it('is told that it works offline as soon as the app is stored, though no worker controls the page', async () => {
    const page = phone.page();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
    await selfCheckSays(['正常', 'stored=yes'], '离线可用');
  });

  it('is told that it does not once its browser has cleared the stored app away', async () => {
    const page = phone.page();
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await selfCheckSays(['有问题', 'stored=no'], '离线可用');
  });
});

describe('a phone that does not reach the hub', () => {
  it.each<[Met, string, string, string, string]>([
    ['down', 'no-answer', '连不上管理平台', '照常扫，换个网络试试', '有网络，但连不上管理平台'],
    ['bad-gateway', 'server', '连不上管理平台', '照常扫，管理平台有故障', '管理平台出了问题'],
    ['page', 'not-the-hub', '连不上管理平台', '请先登录这个网络', '当前网络要先登录'],
    ['elsewhere', 'not-the-hub', '连不上管理平台', '请先登录这个网络', '当前网络要先登录'],
    ['refusing', 'refused', '管理平台拒收', '照常扫，请找管理员', '管理平台拒收本机的记录'],
  ])(
    'says of one that is "%s" the same everywhere, and what to do',
    async (met, code, label, note, words) => {
      await scanOne();
      await front.meet(met);
      await uploadNow(words);
      await says(label);
      await says(note);
      await selfCheckSays([words, code]);
      await front.meet('hub');
      await uploadNow('已全部上传，可以交还手机');
      await says('在线');
    },
  );

  it('says no network only where the phone has none', async () => {
    await phone.setOffline(true);
    await says('没有网络');
    await uploadNow('没有网络');
    await selfCheckSays(['没有网络', 'offline']);
    await phone.setOffline(false);
    await says('在线');
  });
});
