import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPhone, type Phone, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { typeKeys } from '../support/scanner-keys.ts';

/** A gate people go in and out by, which leads to a court that holds two. */
let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
const page = () => phone.page();

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  await page()
    .getByRole('button', { name: /体验演示卡口/ })
    .click();
  await setPin();
  await page().getByText('热成像', { exact: true }).click();
  await page().getByRole('textbox').fill('007');
  await page().locator('button[type=submit]').click();
  await page().locator('video').waitFor();
  const zones = JSON.stringify([{ id: 'court', name: '大院', capacity: 2 }]);
  await hub.sql.query("insert into sites (id, name, zones) values ('n', '北院', $1)", [zones]);
  await hub.sql.query(
    "update gates set direction = 'both', site = 'n', zone = 'court', settings_iat = 1",
  );
  await page().reload(); // asks its hub anew
  await button('出').waitFor();
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const button = (name: string) => page().getByRole('button', { name, exact: true });
const heads = () =>
  page()
    .getByText(/^现在 \d+ \/ 2$/)
    .textContent();
const card = () => page().locator('section[data-state]');

const supervisor = async () => {
  await button('设置').click();
  await button('班长').click();
};
const field = (label: string) => page().getByLabel(label, { exact: true });
async function setPin(): Promise<void> {
  await page().getByRole('textbox').waitFor();
  await supervisor();
  await field('新密码').fill('246810');
  await field('再输一遍').fill('246810');
  await button('设为密码').click();
  await button('更改密码').waitFor();
  for (const _ of ['supervisor', 'settings']) await page().keyboard.press('Escape');
  await page().getByRole('dialog').waitFor({ state: 'detached' });
}

let [last, lastAt] = ['', 0];
/** A hardware scanner that sends the same text within two seconds shows nothing new. */
async function outOfReach(text: string): Promise<void> {
  if (text === last) await page().waitForTimeout(Math.max(0, lastAt + 2100 - Date.now()));
  last = text;
}

/** Shows a code to the hardware scanner; the card it makes, which is then closed. */
async function show(text: string): Promise<{ look: string | null; text: string }> {
  await outOfReach(text);
  await typeKeys(page(), [...text, 'Enter'], 0);
  lastAt = Date.now();
  const { text: words } = await verdictOn(page());
  const look = await card().getAttribute('data-look');
  await page().locator('section[data-state]:not([data-deaf])').waitFor();
  return { look, text: words };
}
const close = async () => {
  await page().keyboard.press('Escape');
  await card().waitFor({ state: 'detached' });
};
const isOut = () => page().locator('[data-frame="out"]').isVisible();

it('in, out by a red code, in again; full; looked at only', async () => {
  const resident = await freshPass();
  expect(await show(resident)).toMatchObject({ look: 'pass' });
  await close();
  await expect.poll(heads).toBe('现在 1 / 2');

  await button('出').click();
  await expect.poll(isOut).toBe(true);
  await page().reload(); // the way stays
  await expect.poll(isOut).toBe(true);
  expect(await button('出').getAttribute('aria-pressed')).toBe('true');
  const gone = await show(await freshPass({ state: 'r' }));
  expect(gone.look).toBe('left');
  expect(gone.text).toContain('已离开');
  expect(gone.text).not.toContain('通行');
  await close();
  await expect.poll(heads).toBe('现在 0 / 2');
  expect(await show(resident)).toMatchObject({ look: 'left' });
  await close();
  await page().getByText('人数对不上').waitFor(); // one more left than came: told, and not shown as −1
  expect(await heads()).toBe('现在 0 / 2');

  await button('进').click();
  await expect.poll(isOut).toBe(false);
  for (const text of [resident, await freshPass(), await freshPass()]) {
    expect(await show(text)).toMatchObject({ look: 'pass' });
    await close();
  }
  await expect.poll(heads).toBe('现在 2 / 2');
  const full = await show(await freshPass());
  expect(full.look).toBe('check');
  expect(full.text).toContain('人数已满');
  await button('不放行').click();
  await button('其他原因').click();
  await card().waitFor({ state: 'detached' });
});

it('a supervisor looks at codes, by which nobody goes in, until they end it', async () => {
  await supervisor();
  await field('密码').fill('246810');
  await button('确定').click();
  await button('查验不放行').click();
  await button('结束查验').waitFor();
  expect(await page().locator('[data-frame="look"]').isVisible()).toBe(true);
  const text = await freshPass({ state: 'r' });
  const looked = await show(text);
  expect(looked.look).toBe('stop');
  expect(looked.text).toContain('查验不放行');
  await button('继续扫码').click();
  await card().waitFor({ state: 'detached' });
  const good = await show(await freshPass());
  expect(good.look).toBe('pass');
  expect(good.text).toContain('码有效');
  expect(good.text).not.toContain('通行');
  await close();
  expect(await heads()).toBe('现在 2 / 2');
  await button('结束查验').click();
  await page().locator('[data-frame="look"]').waitFor({ state: 'detached' });
  const types = (await phone.entries()).map(({ type }) => type);
  expect(types.filter((type) => type === 'look')).toHaveLength(2);
  expect((await show(text)).look).toBe('stop'); // and no repeat: nothing was remembered
  expect(phone.complaints).toEqual([]);
});
