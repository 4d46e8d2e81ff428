import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolLink } from '../support/enrol-link.ts';
import { createPhone, type Phone } from '../support/phone.ts';
import { runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

const weChat =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url, {
    prepare: async (page) => {
      await page.addInitScript((agent) => {
        Object.defineProperty(navigator, 'userAgent', { get: () => agent });
      }, weChat);
    },
  });
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const page = () => phone.page();
const press = (name: RegExp) => page().getByRole('button', { name }).click();
const used = async () =>
  (await hub.sql.query('select 1 from enrol_codes where used_at is not null')).length;

async function scan(link: string): Promise<void> {
  await page()
    .getByRole('button', { name: /扫描登记码/ })
    .waitFor();
  await page().locator('body > input').waitFor({ state: 'attached' }); // it listens
  await insertScan(page(), link);
}

describe('a phone in the window of a chat app', () => {
  it('is told so before its one-use code is spent, and the same code is still good', async () => {
    const link = await enrolLink(hub);
    await scan(link);
    await page()
      .getByRole('heading', { name: /先不要在这里登记/ })
      .waitFor();
    await page()
      .getByText(/在浏览器打开/)
      .waitFor();
    await press(/先不登记/);
    expect(await used()).toBe(0);
    await scan(link);
    await press(/仍然在这里登记/);
    await page().getByRole('heading', { name: '核对六位数字' }).waitFor();
    expect(await used()).toBe(1);
  });

  it('asks for the six digits again after a reload, and throws all away where they differ', async () => {
    await page().reload();
    await press(/^不一样$/);
    await page()
      .getByRole('alert')
      .getByText(/六位数字不一样/)
      .waitFor();
    await page().reload();
    await page()
      .getByRole('button', { name: /扫描登记码/ })
      .waitFor();
    expect(await phone.entries()).toEqual([]);
  });

  it('is the gate’s device once the guard has seen the same digits', async () => {
    await scan(await enrolLink(hub));
    await press(/仍然在这里登记/);
    await press(/^一样$/);
    await page().getByText('海河大厦南门').waitFor();
    expect(phone.complaints).toEqual([]);
  });
});
