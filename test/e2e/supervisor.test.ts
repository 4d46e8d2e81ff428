import { CompactSign } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signerOf } from '../../src/authority/keys.ts';
import { utf8 } from '../../src/core/bytes.ts';
import { pinResetTyp } from '../../src/core/enrol/pin-reset.ts';
import { pinResetScheme } from '../../src/core/enrol/pin-reset-code.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { frame } from '../support/fake-camera.ts';
import { createPhone, type Phone, startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
const page = () => phone.page();

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url, { prepare: (first) => first.clock.install() });
  await page()
    .getByRole('button', { name: /体验演示卡口/ })
    .click();
  await page().getByRole('textbox').waitFor();
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const tap = (name: string) => page().getByRole('button', { name, exact: true }).last().click();
const pin = (label: string) => page().getByLabel(label, { exact: true });
async function openPage() {
  await tap('设置');
  await tap('班长');
}
const closePages = async () => {
  for (const _ of ['supervisor', 'settings']) await page().keyboard.press('Escape');
  await page().getByRole('dialog').waitFor({ state: 'detached' });
};
const isOpen = () => page().getByRole('button', { name: '更改密码' }).isVisible();
async function enter(digits: string) {
  await pin('密码').fill(digits);
  await tap('确定');
}

it('a phone without a PIN asks for one twice, and takes none that differ', async () => {
  await openPage();
  await pin('新密码').fill('246810');
  await pin('再输一遍').fill('246811');
  expect(await page().getByRole('button', { name: '设为密码' }).isDisabled()).toBe(true);
  await pin('再输一遍').fill('246810');
  await tap('设为密码');
  await expect.poll(isOpen).toBe(true);
});

it('the role ends with its page, out of sight, and after a minute without a touch', async () => {
  await closePages();
  await openPage();
  await enter('246810');
  await expect.poll(isOpen).toBe(true);
  await page().evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
  });
  await expect.poll(isOpen).toBe(false);
  await enter('246810');
  await expect.poll(isOpen).toBe(true);
  await page().clock.fastForward(59_000);
  expect(await isOpen()).toBe(true);
  await page().clock.fastForward(2000);
  await expect.poll(isOpen).toBe(false);
});

it('the PIN is changed with the old one, and not with another', async () => {
  await enter('246810');
  await tap('更改密码');
  await enter('000000');
  await pin('新密码').fill('135791');
  await pin('再输一遍').fill('135791');
  await tap('设为密码');
  await page().getByText('密码不对。').waitFor();
  await enter('246810');
  await tap('更改密码');
  await enter('246810');
  await pin('新密码').fill('135791');
  await pin('再输一遍').fill('135791');
  await tap('设为密码');
  await page().getByText('密码已更改。').waitFor();
});

it("a forgotten PIN is set anew by the hub's code, shown as a picture, once", async () => {
  await closePages();
  const [device] = await hub.sql.query<{ id: string }>('select id from devices');
  const iat = Math.floor((await page().evaluate(() => Date.now())) / 1000);
  const claims = { device: device?.id, jti: 'AAAA', iat, exp: iat + 3600 };
  const { kid, key } = await signerOf(demoKeys().receipt);
  const token = await new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid, typ: pinResetTyp })
    .sign(key);
  const picture = await frame(`${pinResetScheme}${token}`, { codePx: 640 });
  const file = { name: 'code.png', mimeType: 'image/png', buffer: await picture.png().toBuffer() };
  const show = () => page().locator('dialog input[type=file]').setInputFiles(file);
  await openPage();
  await tap('忘记密码');
  await show();
  await pin('新密码').fill('864209');
  await pin('再输一遍').fill('864209');
  await tap('设为密码');
  await expect.poll(isOpen).toBe(true);
  await closePages();
  await openPage();
  await tap('忘记密码');
  await show();
  await page().getByText('这个重设码已用过。请管理员重新出一个。').waitFor();
  await tap('返回');
  await enter('864209');
  await expect.poll(isOpen).toBe(true);
  await closePages();
});

it('a card ends the role, and nobody sets a first PIN over one', async () => {
  const other = await createPhone(hub.url);
  try {
    const their = other.page();
    await startShift(their);
    await other.film([{ text: await freshPass({ state: 'r' }), frames: 30 }]);
    await their.reload();
    await their.locator('section[data-state=stop]').waitFor();
    await their.getByRole('button', { name: '班长放行' }).click();
    await their.getByText(/本机还没有班长密码/).waitFor();
    expect(await their.locator('section[data-state=stop] input').count()).toBe(0);
  } finally {
    await other.close();
  }
});

it('caused no complaint of the browser and no request to another origin', () => {
  expect(phone.complaints).toEqual([]);
  expect(phone.strangers).toEqual([]);
});
