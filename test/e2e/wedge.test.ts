import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scannerSamples } from '../../src/core/wedge-sample.ts';
import { readAll } from '../../src/decoder/decode.ts';
import { enrolLink } from '../support/enrol-link.ts';
import { rgba } from '../support/fake-camera.ts';
import { createPhone, type Phone, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { zxingInNode } from '../support/wasm.ts';

/** A hardware scanner at a real browser: the keys are real key events. */
let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
const page = () => phone.page();

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  page().setDefaultTimeout(8000);
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const scans = async () => (await phone.entries()).filter((entry) => entry.type === 'scan');
/** `delay`: milliseconds between two keys. */
async function typed(text: string, { end = 'Enter', delay = 0 } = {}) {
  await page().waitForTimeout(150); // the last scan is over
  await page().keyboard.type(text, { delay });
  if (end !== '') await page().keyboard.press(end);
}
const card = () => page().locator('section[data-state]');
const dialogs = () => page().getByRole('dialog').count();
async function closeCard() {
  await page().waitForTimeout(400); // a card is deaf for a moment
  await page().keyboard.press('Escape');
  await card().waitFor({ state: 'detached' });
}

describe('before a shift', () => {
  it('a scanned enrolment code enrols the phone, slowly as it comes', async () => {
    await page()
      .getByRole('button', { name: /体验演示卡口/ })
      .waitFor();
    await page().locator('body > input').waitFor({ state: 'attached' }); // it listens
    await typed(await enrolLink(hub), { delay: 10 });
    await page()
      .getByText(/^\d{3} ?\d{3}$/)
      .waitFor();
    await page().getByRole('button').click();
    await page().getByRole('textbox').waitFor();
  });

  it('a code scanned into the name of the guard leaves no trace there and starts no shift', async () => {
    const name = page().getByRole('textbox');
    await name.fill('007');
    await typed(await freshPass());
    await page().waitForTimeout(300);
    expect(await name.inputValue()).toBe('007');
    expect(await page().locator('video').count()).toBe(0);
    expect(await scans()).toEqual([]);
  });

  it("a guard's badge scanned there stays, and its Enter starts no shift", async () => {
    const name = page().getByRole('textbox');
    await name.fill('');
    await typed('A1234567');
    expect(await name.inputValue()).toBe('A1234567');
    expect(await page().locator('video').count()).toBe(0);
    await page().locator('button[type=submit]').click();
    await page().locator('video').waitFor();
  });
});

describe('on the scan screen', () => {
  it.each([
    ['Enter', 'Enter'],
    ['Tab', 'Tab'],
    ['nothing', ''],
  ])('a scanner with %s at its end is heard', async (_, end) => {
    const before = (await scans()).length;
    await typed(await freshPass(), { end });
    expect((await verdictOn(page())).text).toContain('测温');
    expect(await scans()).toHaveLength(before + 1);
    await closeCard();
  });

  it('a slow scanner is heard whole, and its spaces press no button', async () => {
    await page().getByRole('button', { name: '设置' }).focus();
    await typed('KK1:NO PASS AT ALL', { delay: 60 });
    expect((await verdictOn(page())).state).toBe('stop');
    expect(await dialogs()).toBe(0);
    expect((await scans()).at(-1)).toMatchObject({ reason: 'malformed', method: 'wedge' });
    await closeCard();
  });

  it('a scan presses no button that has the focus', async () => {
    await page().getByRole('button', { name: '设置' }).focus();
    await typed('https://example.org/with a space');
    expect((await verdictOn(page())).state).toBe('unknown');
    expect(await dialogs()).toBe(0);
  });

  it('while a card waits for its tap, a scan changes nothing and presses nothing', async () => {
    const before = (await scans()).length;
    await typed(await freshPass());
    await page().waitForTimeout(300);
    expect((await verdictOn(page())).state).toBe('unknown');
    expect(await scans()).toHaveLength(before);
    await closeCard();
  });
});

describe('at the temperature step', () => {
  it('a scan types nothing and takes nobody for measured; after it the next one counts', async () => {
    await typed(await freshPass());
    await page().getByRole('button', { name: '输入体温' }).click();
    const shown = () => page().locator('output').textContent();
    const before = await shown();
    await typed('365365365365');
    await typed(await freshPass());
    expect(await shown()).toBe(before);
    expect((await phone.entries()).filter(({ type }) => type === 'decision')).toEqual([]);
    await closeCard();
  });

  it('a scan over a pass is the next person', async () => {
    await typed(await freshPass());
    await page().getByRole('button', { name: '体温正常' }).click();
    await expect.poll(async () => (await verdictOn(page())).state).toBe('pass');
    await page().waitForTimeout(400);
    await card().click(); // held
    const next = await freshPass({ issuer: 'CN-HE', state: 'y' });
    await typed(next);
    await expect.poll(async () => (await verdictOn(page())).state).toBe('check');
    await closeCard();
  });
});

describe('over the scan screen', () => {
  it.each(['手工登记', '本班', '设置'])(
    'the page %s makes way for the verdict, with the focus wherever it is',
    async (name) => {
      await page().getByRole('button', { name }).click();
      await page().getByRole('dialog').waitFor();
      const choice = page().getByRole('dialog').locator('input').first();
      if ((await choice.count()) > 0) await choice.focus();
      const before = (await scans()).length;
      await typed(await freshPass());
      await card().waitFor();
      expect(await dialogs()).toBe(0);
      expect(await scans()).toHaveLength(before + 1);
      await closeCard();
    },
  );

  it('the number of a paper code scanned into its field stays there and registers nobody', async () => {
    await page().getByRole('button', { name: '手工登记' }).click();
    const tail = page().getByRole('dialog').getByRole('textbox');
    await tail.focus();
    await typed('1234');
    expect(await tail.inputValue()).toBe('1234');
    await typed(await freshPass());
    await card().waitFor();
    expect((await phone.entries()).filter(({ type }) => type === 'manual')).toEqual([]);
    await closeCard();
  });
});

describe('the page that tests a scanner', () => {
  const dialog = () => page().getByRole('dialog').last();

  it('shows how a scan came, judges nothing, and keeps a pass out of sight', async () => {
    const before = (await scans()).length;
    await page().getByRole('button', { name: '设置' }).click();
    await page().getByRole('button', { name: '扫码枪' }).click();
    await dialog().getByRole('textbox').waitFor();
    await page().waitForTimeout(300);
    expect(readAll(await zxingInNode(), await rgba(await page().screenshot()))).toMatchObject([
      { text: scannerSamples.short },
    ]);
    await typed(scannerSamples.short);
    await dialog().getByText('测试码完整收到。').waitFor();
    const pass = await freshPass();
    await typed(pass);
    await dialog()
      .getByText(/收到的是别的码/)
      .waitFor();
    expect(await page().content()).not.toContain(pass.slice(4, 24));
    await page().keyboard.insertText(scannerSamples.long);
    await dialog().getByText('测试码完整收到。').waitFor();
    expect(await scans()).toHaveLength(before);
  });

  it.each(['English', '繁體中文', '简体中文'])(
    'prints its set-up sheet on one page, in %s',
    async (language) => {
      const close = () => dialog().getByRole('button').first().click();
      await close();
      await dialog().getByText(language).click();
      await dialog()
        .getByRole('button', { name: /扫码枪|掃描槍|Hardware scanner/ })
        .click();
      await page().locator('body > section figure').first().waitFor({ state: 'attached' });
      const pdf = await page().pdf({ format: 'A4' });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    },
  );
});

it('all this caused no complaint of the browser and no request to another origin', () => {
  expect(phone.complaints).toEqual([]);
  expect(phone.strangers).toEqual([]);
});
