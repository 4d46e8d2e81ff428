import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scannerSamples } from '../../src/core/wedge-sample.ts';
import { readAll } from '../../src/decoder/decode.ts';
import { enrolLink } from '../support/enrol-link.ts';
import { rgba } from '../support/fake-camera.ts';
import { createPhone, type Phone, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { typeKeys } from '../support/scanner-keys.ts';
import { zxingInNode } from '../support/wasm.ts';

/** A hardware scanner at a real browser: the keys are real key events. */
let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
const page = () => phone.page();

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const entries = async (type: 'scan' | 'decision' | 'manual') =>
  (await phone.entries()).filter((entry) => entry.type === type);
const scans = () => entries('scan');
/** `delay`: milliseconds between two keys. */
const typed = (text: string, { end = 'Enter', delay = 0 } = {}) =>
  typeKeys(page(), end === '' ? [...text] : [...text, end], delay);
const button = (name: string | RegExp) => page().getByRole('button', { name });
const card = () => page().locator('section[data-state]');
const dialogs = () => page().getByRole('dialog').count();
/** What the keys before set going is on screen by now. */
const drawn = () =>
  page().evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
/** A card takes taps only after a moment. */
const cardListens = () => page().locator('section[data-state]:not([data-deaf])').waitFor();

/** Whatever the card asks, by what a guard would press. */
async function closeCard() {
  const { state } = await verdictOn(page());
  await cardListens();
  if (state === 'pass') await page().keyboard.press('Escape');
  else if (state === 'stop') await button('继续扫码').click();
  else {
    if (await button('删除').isVisible()) await button('删除').click(); // of nothing: back to the two buttons
    if (!(await button('其他原因').isVisible())) await button('不放行').click();
    await button('其他原因').click();
  }
  await card().waitFor({ state: 'detached' });
}

async function closePage() {
  const open = await dialogs();
  await page().keyboard.press('Escape');
  await expect.poll(dialogs).toBeLessThan(open);
}

/** Enrolled by a scan, unless the phone is already. */
async function toStartOfShift() {
  const trial = button(/体验演示卡口/);
  await trial.or(page().locator('button[type=submit]')).first().waitFor();
  if (!(await trial.isVisible())) return;
  await page().locator('body > input').waitFor({ state: 'attached' }); // it listens
  await typed(await enrolLink(hub), { delay: 10 });
  await page()
    .getByText(/^\d{3} ?\d{3}$/)
    .waitFor();
  await page().getByRole('button', { name: '一样', exact: true }).click();
  await page().getByRole('textbox').waitFor();
}

/** Whatever the test before left: a shift runs and nothing lies over its scan screen. */
async function toScanScreen() {
  if (!(await page().locator('video').isVisible())) {
    await toStartOfShift();
    await page().getByRole('textbox').fill('A1234567');
    await page().locator('button[type=submit]').click();
    await page().locator('video').waitFor();
    await page().locator('body > input').waitFor({ state: 'attached' });
  }
  while (await card().isVisible()) await closeCard();
  while ((await dialogs()) > 0) await closePage();
}

describe('before a shift', () => {
  beforeEach(toStartOfShift);
  const name = () => page().getByRole('textbox');

  it('a scanned enrolment code has enrolled the phone, slowly as it came', async () => {
    expect(await name().isVisible()).toBe(true);
  });

  it('a code scanned into the name of the guard leaves no trace there and starts no shift', async () => {
    await name().fill('007');
    await typed(await freshPass());
    await drawn();
    expect(await name().inputValue()).toBe('007');
    expect(await page().locator('video').count()).toBe(0);
    expect(await scans()).toEqual([]);
  });

  it("a guard's badge scanned there stays, and its Enter starts no shift", async () => {
    await name().fill('');
    await typed('A1234567');
    await drawn();
    expect(await name().inputValue()).toBe('A1234567');
    expect(await page().locator('video').count()).toBe(0);
  });
});

describe('on the scan screen', () => {
  beforeEach(toScanScreen);

  it.each([
    ['Enter', 'Enter'],
    ['Tab', 'Tab'],
    ['nothing', ''],
  ])('a scanner with %s at its end is heard', async (_, end) => {
    const before = (await scans()).length;
    await typed(await freshPass(), { end });
    expect((await verdictOn(page())).text).toContain('测温');
    expect(await scans()).toHaveLength(before + 1);
  });

  it('a scan between two keys of which the page is busy for 700 ms is one scan', async () => {
    const before = (await scans()).length;
    await page().evaluate(() => {
      let keys = 0;
      const count = () => {
        if (++keys !== 20) return;
        window.removeEventListener('keyup', count, true);
        const from = performance.now();
        while (performance.now() - from < 700);
      };
      window.addEventListener('keyup', count, true);
    });
    await typed(await freshPass(), { end: '' });
    expect((await verdictOn(page())).text).toContain('测温');
    expect(await scans()).toHaveLength(before + 1);
  });

  it('a scan of which the page hears the first letter and is busy for 200 ms is that scan', async () => {
    const before = (await scans()).length;
    await page().evaluate(() => {
      const stall = () => {
        const from = performance.now();
        while (performance.now() - from < 200);
      };
      window.addEventListener('keypress', stall, { capture: true, once: true });
    });
    await typed(await freshPass());
    expect((await verdictOn(page())).text).toContain('测温');
    expect(await scans()).toHaveLength(before + 1);
  });

  it('a slow scanner is heard whole, and its spaces press no button', async () => {
    await button('设置').focus();
    await typed('KK1:NO PASS AT ALL', { delay: 60 });
    expect((await verdictOn(page())).state).toBe('stop');
    expect(await dialogs()).toBe(0);
    expect((await scans()).at(-1)).toMatchObject({ reason: 'malformed', method: 'wedge' });
  });

  it('a scan presses no button that has the focus', async () => {
    await button('设置').focus();
    await typed('https://example.org/with a space');
    expect((await verdictOn(page())).state).toBe('unknown');
    expect(await dialogs()).toBe(0);
  });

  it('while a card waits for its tap, a scan changes nothing and presses nothing', async () => {
    await typed('https://example.org');
    await card().waitFor();
    const before = (await scans()).length;
    await typed(await freshPass());
    await card().getByText('先处理完这张').waitFor();
    expect((await verdictOn(page())).state).toBe('unknown');
    expect(await scans()).toHaveLength(before);
  });
});

describe('at the temperature step', () => {
  beforeEach(toScanScreen);

  it('a scan types nothing and takes nobody for measured; after it the next one counts', async () => {
    await typed(await freshPass());
    await button('输入体温').click();
    const shown = () => page().locator('output').textContent();
    const decided = (await entries('decision')).length;
    const before = await shown();
    await typed('365365365365');
    await typed(await freshPass());
    await card().getByText('先处理完这张').waitFor();
    expect(await shown()).toBe(before);
    expect(await entries('decision')).toHaveLength(decided);
    await closeCard();
    await typed(await freshPass());
    expect((await verdictOn(page())).text).toContain('测温');
  });

  it('a scan over a pass is the next person', async () => {
    await typed(await freshPass());
    await button('体温正常').click();
    await expect.poll(async () => (await verdictOn(page())).state).toBe('pass');
    await cardListens();
    await card().click(); // held
    await typed(await freshPass({ issuer: 'CN-HE', state: 'y' }));
    await expect.poll(async () => (await verdictOn(page())).state).toBe('check');
  });
});

describe('over the scan screen', () => {
  beforeEach(toScanScreen);

  it.each(['手工登记', '本班', '设置'])(
    'the page %s makes way for the verdict, with the focus wherever it is',
    async (name) => {
      await button(name).click();
      await page().getByRole('dialog').waitFor();
      const choice = page().getByRole('dialog').locator('input').first();
      if ((await choice.count()) > 0) await choice.focus();
      const before = (await scans()).length;
      await typed(await freshPass());
      await card().waitFor();
      expect(await dialogs()).toBe(0);
      expect(await scans()).toHaveLength(before + 1);
    },
  );

  it('the number of a paper code scanned into its field stays there and registers nobody', async () => {
    await button('手工登记').click();
    const tail = page().getByRole('dialog').getByRole('textbox');
    await tail.focus();
    await typed('1234');
    expect(await tail.inputValue()).toBe('1234');
    await typed(await freshPass());
    await card().waitFor();
    expect(await entries('manual')).toEqual([]);
  });
});

describe('the page that tests a scanner', () => {
  const dialog = () => page().getByRole('dialog').last();
  const settings = /^(设置|設定|Settings)$/;
  const scannerPage = /扫码枪|掃描槍|Hardware scanner/;
  beforeEach(toScanScreen);

  it('shows how a scan came, judges nothing, and keeps a pass out of sight', async () => {
    const before = (await scans()).length;
    await button(settings).click();
    await button(scannerPage).click();
    await dialog().getByRole('textbox').waitFor();
    await drawn();
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
      await button(settings).click();
      await dialog().getByText(language).click();
      await dialog().getByRole('button', { name: scannerPage }).click();
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
