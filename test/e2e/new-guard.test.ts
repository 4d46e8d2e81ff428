import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/log/outcome.ts';
import type { Language } from '../../src/core/terms.ts';
import type { Key } from '../../src/scanner/words/en/first.ts';
import { loadLanguage, loadScreenWords, translator } from '../../src/scanner/words/translate.ts';
import { enrolLink } from '../support/enrol-link.ts';
import { frame } from '../support/fake-camera.ts';
import { check, cutOff, tooSmall } from '../support/gallery/looks.ts';
import { createPhone, type Phone, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

/** A folder the pictures of the walk go to: `WALK_PICTURES=DIR npx vitest run test/e2e/new-guard`. */
const pictures = process.env['WALK_PICTURES'];
const cli = join(import.meta.dirname, '..', '..', 'src', 'cli', 'verify-export.ts');

// both walk at once, each step by step: a walk mostly waits for the phone
const it = test.sequential;
describe.concurrent.each(['zh-CN', 'en'] as const)('a new guard, in %s', (language: Language) => {
  let hub: Awaited<ReturnType<typeof runHub>>;
  let phone: Phone;
  let folder: string;
  const page = () => phone.page();

  beforeAll(async () => {
    await Promise.all([loadLanguage(language), loadScreenWords()]);
    folder = await mkdtemp(join(tmpdir(), 'kakou-walk-'));
    if (pictures !== undefined) await mkdir(pictures, { recursive: true });
    hub = await runHub();
    phone = await createPhone(hub.url, { locale: language });
  });
  afterAll(async () => {
    await phone?.close();
    await hub?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const t = (key: Key) => (translator(language) as (key: Key) => string)(key);
  /** The last one: what lies on top comes last. It begins with these words: 不放行 is not 放行. */
  const tap = (key: Key) =>
    page()
      .getByRole('button', { name: new RegExp(`^\\s*${t(key).replace(/[+.]/g, '\\$&')}`) })
      .last()
      .click();
  /** The same, and sees what is told for a moment. */
  const tapAndSee = (key: Key, told: Locator) => Promise.all([told.waitFor(), tap(key)]);
  const flash = (outcome: Outcome) => page().locator(`p[data-outcome=${outcome}]`);
  let steps = 0;
  /** Every screen of the walk: nothing cut off, every target big, nothing serious for axe. */
  async function look(name: string): Promise<void> {
    await page().waitForTimeout(200);
    const title = `${language}.${String(++steps).padStart(2, '0')}-${name}`;
    if (pictures !== undefined) await page().screenshot({ path: join(pictures, `${title}.png`) });
    const faults = [await cutOff(page(), title), await tooSmall(page(), title)];
    expect([title, ...faults, await check(page(), title)]).toEqual([title, 0, 0, 0]);
  }
  /** Shows this code to the camera until there is a card, and takes it away: on a slow machine one that stays is soon a second showing. */
  async function show(text: string) {
    await phone.film([{ text, frames: 30 }]);
    await page().reload();
    const card = await verdictOn(page());
    await phone.film([{ text: undefined, frames: 5 }]);
    await page().evaluate(() => {
      const { srcObject } = document.querySelector('video') ?? {};
      // a dead camera is opened anew, and sees the new film
      if (srcObject instanceof MediaStream) for (const track of srcObject.getTracks()) track.stop();
      window.dispatchEvent(new Event('focus'));
    });
    return card;
  }
  /** A card is deaf for a moment, so that no tap meant for the screen before closes it. */
  async function hold() {
    await page().locator('section[data-state]:not([data-deaf])').waitFor();
    await tap('card.hold');
  }
  const entries = async (type: string) =>
    (await phone.entries()).filter((entry) => entry.type === type);

  it("gives the phone its gate with the operator's code", async () => {
    const link = await enrolLink(hub);
    await page()
      .getByRole('heading', { name: t('enrol.title') })
      .waitFor();
    await look('enrol');
    if (language === 'en') {
      const buffer = await (await frame(link)).png().toBuffer();
      await page()
        .locator('input[type=file]')
        .setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
    } else {
      await phone.film([{ text: link, frames: 30 }]);
      await tap('enrol.scan');
    }
    await page()
      .getByRole('heading', { name: t('enrol.compare') })
      .waitFor();
    await look('digits');
    await tap('enrol.same');
    await page().getByRole('textbox').waitFor();
    await look('start');
    expect(await page().getByText('海河大厦南门').count()).toBe(1);
  });

  it('gives the supervisor a PIN, typed twice alike', async () => {
    await tap('bar.settings');
    await tap('boss.title');
    await page().getByLabel(t('boss.new')).fill('204815');
    await page().getByLabel(t('boss.again')).fill('204816');
    await page().getByText(t('boss.differs')).waitFor();
    await look('pin-differs');
    await page().getByLabel(t('boss.again')).fill('204815');
    await tap('boss.set');
    await page().getByText(t('boss.noShifts')).waitFor();
    await look('no-shifts');
    await page().keyboard.press('Escape');
    await page().getByText(/^20 /).click(); // seconds a green card stays: a slow machine has to press it
    await page().keyboard.press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('starts a shift, and from here on there is no network', async () => {
    await page().evaluate(() => navigator.serviceWorker.ready);
    await page().getByRole('textbox').fill('0712');
    await phone.film([{ text: undefined, frames: 5 }]);
    await tap('start.go');
    await page().locator('video').waitFor();
    await phone.setOffline(true);
    await page().getByText(t('status.offline')).waitFor();
    await look('scan');
    expect(await entries('shift-start')).toHaveLength(1);
  });

  it('takes the temperature of a good code, and lets the person through', async () => {
    expect((await show(await freshPass())).text).toContain(t('reason.temperature-needed.title'));
    await look('temperature');
    await tap('temp.type');
    await look('keypad');
    for (const digit of '365')
      await page().getByRole('button', { name: digit, exact: true }).click();
    await tap('temp.confirm');
    await page().locator('section[data-state=pass]').waitFor();
    await hold();
    await look('pass');
    await tap('card.next');
  });

  it('stops a fever, turns a yellow code away, lets a relative in, stops an old one, and cannot verify a web link', async () => {
    await show(await freshPass());
    await tap('temp.high');
    await page().locator('section[data-state=stop]').waitFor();
    await look('fever');
    await tap('card.next');
    expect((await show(await freshPass({ issuer: 'CN-HE', state: 'y' }))).state).toBe('check');
    await look('check');
    await tap('manual.refuse');
    await look('why-not');
    await tapAndSee('why.no-document', flash('refused'));
    await look('refused');
    expect((await show(await freshPass({ relative: true }))).state).toBe('check');
    await tap('manual.admit');
    await look('admitted-temperature');
    await tapAndSee('temp.normal', flash('admitted'));
    await look('admitted');
    expect(await entries('decision')).toMatchObject([
      {},
      {},
      { outcome: 'refused', why: 'no-document', by: 'guard' },
      { outcome: 'admitted', by: 'guard' },
    ]);
    expect((await show(await freshPass({}, 300))).state).toBe('stop');
    await look('stop');
    await tap('card.next');
    expect((await show(await freshPass({ state: 'r' }))).state).toBe('stop');
    await tap('boss.letIn');
    await page().getByLabel(t('boss.pin')).waitFor();
    await look('supervisor-word');
    await page().getByLabel(t('boss.pin')).fill('204815');
    await tap('boss.open');
    await page().getByText(t('boss.why'), { exact: true }).waitFor();
    await look('supervisor-why');
    await tapAndSee('why.emergency', flash('admitted'));
    await page()
      .getByRole('button', { name: t('bar.recent') })
      .first()
      .click();
    await look('last-people');
    const people = page().getByRole('dialog').getByRole('listitem').getByRole('button');
    await people.nth(1).click();
    await look('last-person');
    await tap('boss.letIn');
    await page().getByLabel(t('boss.pin')).fill('204815');
    await tap('boss.open');
    await tapAndSee('why.other', page().getByText(t('last.done')));
    await look('corrected');
    await page().keyboard.press('Escape');
    expect((await entries('decision')).slice(-2)).toMatchObject([
      { outcome: 'admitted', by: 'supervisor', why: 'emergency' },
      { outcome: 'admitted', by: 'supervisor', why: 'other' },
    ]);
    expect((await show('https://example.org/')).state).toBe('unknown');
    await look('unknown');
  });

  it('registers somebody by hand from there', async () => {
    await tap('bar.manual');
    await page().getByRole('dialog').waitFor();
    await look('by-hand');
    await page().getByText(t('manual.category.elder'), { exact: true }).click();
    await page().getByText(t('temp.normal'), { exact: true }).click();
    await page().getByRole('textbox').fill('012X');
    await look('by-hand-filled');
    await page()
      .getByRole('button', { name: t('manual.admit'), exact: true })
      .click();
    await look('by-hand-done');
    await expect.poll(() => entries('manual')).toMatchObject([{ admitted: true, tail: '012X' }]);
  });

  it('takes a break, hands over, and ends', async () => {
    await tap('bar.shift');
    await page().getByRole('dialog').waitFor();
    await look('shift');
    await tap('shift.pause');
    await page().getByText(t('shift.paused')).waitFor();
    await look('break');
    await page().getByText(t('shift.paused')).click();
    await tap('bar.shift');
    await tap('shift.handOver');
    await page().getByRole('textbox').fill('0815');
    await look('hand-over');
    await page().locator('button[type=submit]').click();
    await expect.poll(async () => (await entries('shift-start')).length).toBe(2);
    await show(await freshPass());
    await tap('temp.normal');
    await hold();
    await tap('card.next');
    await tap('bar.shift');
    await tap('shift.end');
    await look('end');
    await page()
      .getByRole('dialog')
      .last()
      .getByRole('button', { name: t('shift.end') })
      .click();
    await page()
      .getByRole('heading', { name: t('report.title') })
      .waitFor();
    await look('summary');
  });

  it('prints the shift on one page, with everybody in it and lines to sign', async () => {
    const hasPrinted = page().evaluate(
      () => new Promise<void>((resolve) => (window.print = resolve)),
    );
    await tap('report.print');
    await hasPrinted;
    const paper = page().locator('body > section');
    const text = (await paper.textContent()) ?? '';
    const [shift] = (await entries('shift-start')).slice(-1);
    const facts = [
      shift?.device,
      shift?.shift,
      shift?.gate,
      '0815',
      String(new Date().getFullYear()),
    ];
    for (const fact of facts) expect(text).toContain(fact);
    for (const line of ['guard', 'supervisor', 'date'] as const)
      expect(text).toContain(t(`paper.sign.${line}`));
    expect(await paper.locator('tfoot td').allTextContents()).toEqual(['1', '0', '0', '1']);
    const pdf = await page().pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    if (pictures !== undefined) await writeFile(join(pictures, `${language}.report.pdf`), pdf);
  });

  it('takes the log along as three files, offline, and the signed one is whole', async () => {
    const files: string[] = [];
    for (const format of ['xlsx', 'csv', 'json'] as const) {
      await tap(`shift.format.${format}`);
      const share = page().getByRole('button', { name: new RegExp(`\\.${format}$`) });
      await share.waitFor();
      if (format === 'json') await look('export');
      const [download] = await Promise.all([page().waitForEvent('download'), share.click()]);
      const file = join(folder, download.suggestedFilename());
      await download.saveAs(file);
      files.push(file);
    }
    const args = ['--import', 'tsx', cli, files.at(-1) ?? '', '--demo'];
    // offline since the start of the shift: nothing is wrong, and no receipt of the hub proves it yet
    const { stdout } = await promisify(execFile)(process.execPath, args).catch(
      (error: { stdout: string }) => error,
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, signed: true, problem: null });
    expect(files.map((file) => file.split('.').at(-1))).toEqual(['xlsx', 'csv', 'json']);
  });

  it('uploads all of it when the network is back, and says that the phone may be handed in', async () => {
    await phone.setOffline(false);
    await page().getByText(t('sync.done')).waitFor();
    await look('handed-in');
  });

  it('lets the supervisor in by a PIN, to the shift before, and to a file of it', async () => {
    await tap('report.done');
    await tap('bar.settings');
    await tap('boss.title');
    await look('pin');
    await page().getByLabel(t('boss.pin')).fill('204815');
    await tap('boss.open');
    const shifts = page()
      .getByRole('list', { name: t('boss.shifts') })
      .getByRole('button');
    await shifts.nth(1).waitFor();
    await look('shifts');
    await shifts.nth(1).click();
    await page().locator('#root').getByText(t('report.whole')).waitFor();
    await look('past-shift');
    await tap('shift.format.csv');
    await page()
      .getByRole('button', { name: /\.csv$/ })
      .waitFor();
    expect(await entries('export')).toMatchObject([
      {},
      {},
      {},
      { format: 'csv', of: expect.any(String) },
    ]);
  });

  it('caused no complaint of the browser and no request to another origin', () => {
    expect(phone.complaints).toEqual([]);
    expect(phone.strangers).toEqual([]);
  });
});
