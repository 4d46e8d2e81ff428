import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhone, type Phone } from '../support/phone.ts';
import { runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const page = () => phone.page();
/** Letters, so that no time or version in a text holds it by chance. */
const guard = 'Qz7';

/** The words on what has the focus. */
const focused = () =>
  page().evaluate(() => {
    const at = document.activeElement;
    if (at === document.body) return ''; // nothing has it: all the words of the page are not its own
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : at?.textContent;
    return `${at?.getAttribute('aria-label') ?? ''}${label ?? ''}`;
  });

/** Presses Tab until the focus is, and stays, on what has this name. */
async function tabTo(name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page().keyboard.press('Tab');
    if (!name.test(await focused())) continue;
    await page().waitForTimeout(200); // keys too fast are a hardware scanner's
    if (name.test(await focused())) return;
  }
  throw new Error(`no way by keyboard to ${name}`);
}
const press = (key: string) => phone.page().keyboard.press(key);
const entries = async (type: string) =>
  (await phone.entries()).filter((entry) => entry.type === type);

describe('the whole flow by keyboard alone', () => {
  it('enrols, starts a shift, registers somebody by hand, and ends the shift', async () => {
    const page = phone.page();
    await page.getByRole('button', { name: /体验演示卡口/ }).waitFor();
    await tabTo(/体验演示卡口/);
    await press('Enter');
    await page.getByRole('textbox').waitFor();
    await tabTo(/工号或姓名/);
    await page.keyboard.type(guard, { delay: 120 });
    await press('Enter');
    await page.locator('video').waitFor();

    await tabTo(/手工登记/);
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(/证件后四位/);
    await page.keyboard.type('012X', { delay: 120 });
    await tabTo(/体温正常/); // nobody has said that everybody is measured before
    await press('Space');
    await tabTo(/^放行/);
    await press('Enter');
    await expect.poll(() => entries('manual')).toMatchObject([{ admitted: true, tail: '012X' }]);
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await tabTo(/本班/);
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(/下班/);
    await press('Enter');
    await page.getByText('确定下班吗？').waitFor();
    await page.locator('[data-deaf]').waitFor({ state: 'detached' }); // no answer before it is read
    await tabTo(/下班/);
    await press('Enter');
    await page.getByRole('heading', { name: '班次小结' }).waitFor();
    expect(await entries('shift-end')).toHaveLength(1);
  });

  it('checks itself: the decoder reads, and nothing in the text names the guard', async () => {
    const page = phone.page();
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByRole('button', { name: '设置' }).click();
    await page.getByRole('button', { name: '自检' }).click();
    const text = (await page.locator('pre').textContent()) ?? '';
    expect(text).toContain('decoder good');
    expect(text).not.toContain(guard);
  });

  it('caused no complaint of the browser and no request to another origin', () => {
    expect(phone.complaints).toEqual([]);
    expect(phone.strangers).toEqual([]);
  });
});
