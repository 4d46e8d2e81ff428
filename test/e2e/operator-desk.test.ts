import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshContext } from '../support/chromium.ts';
import { deskPictures, deskWords, walkLanguages } from '../support/desk-language.ts';
import { isInOrder as deskInOrder, invitedBy, watchPage } from '../support/desk-page.ts';
import { verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

describe.each(walkLanguages('zh-CN'))('an operator of two hundred gates, in %s', (language) => {
  let hub: Awaited<ReturnType<typeof runHub>>;
  const contexts: BrowserContext[] = [];
  let page: Page;
  let problems: readonly string[] = [];
  /** What is printed, one code a gate. */
  let codes: readonly { readonly gate: string; readonly link: string }[] = [];
  const phones: Page[] = [];
  const t = deskWords(language);

  async function fresh(width: number, height: number): Promise<Page> {
    const context = await freshContext({ locale: language, viewport: { width, height } });
    contexts.push(context);
    return context.newPage();
  }
  beforeAll(async () => {
    hub = await runHub();
    page = await fresh(1280, 800);
    problems = watchPage(page, hub.url);
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await hub?.close();
  });

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
  async function isInOrder(name: string): Promise<void> {
    await deskInOrder(page);
    await deskPictures(page, `operator-${language}-${name}`);
  }

  it('begins with a link and an empty hub, which says what to do first', async () => {
    await page.goto(await invitedBy(hub, { name: '王芳', role: 'admin', areas: 'all' }));
    await page.getByLabel(t('join.password')).fill('a gate in the rain');
    await page.getByLabel(t('join.repeat')).fill('a gate in the rain');
    await isInOrder('invited');
    await press(t('join.go'));
    await page.getByRole('heading', { name: t('page.today'), exact: true }).waitFor();
    await isInOrder('empty');
    await go(t('page.gates'));
    await page.getByText(t('gates.none')).waitFor();
    await isInOrder('no-gates');
  });

  it('takes over a table of two hundred gates', async () => {
    await press(t('gates.import'));
    const lines = Array.from({ length: 200 }, (_, i) => `g-${i},第 ${i} 号门,residential,CN-TJ`);
    const text = ['gate,name,venue,region', ...lines].join('\n');
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'gates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) },
    });
    await page.getByText(t('import.new', { count: 200 })).waitFor();
    await isInOrder('import');
    await press(t('import.go', { count: 200 }));
    await page.getByRole('row').nth(200).waitFor();
    await isInOrder('gates');
  });

  it('prints a code for each of them, one a page', async () => {
    await page.getByLabel(t('gates.pickAll')).check();
    await press(t('gates.enrol', { count: 200 }));
    await page.getByRole('button', { name: t('enrol.paper') }).waitFor();
    await isInOrder('enrol');
    const answered = page.waitForResponse((response) => response.url().endsWith('/codes'));
    await press(t('enrol.paper'));
    ({ codes } = await (await answered).json());
    expect(new Set(codes.map(({ gate }) => gate)).size).toBe(200);
    await page.getByRole('heading', { name: '第 199 号门' }).waitFor();
    await isInOrder('codes');
    const paper = await page.pdf({ format: 'A4' });
    expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(200);
  });

  it.each(['g-3', 'g-4', 'g-150'])(
    'sees the digits of the phone that used the paper of %s',
    async (gate) => {
      const phone = await fresh(360, 740);
      phones.push(phone);
      await phone.goto(hub.url);
      const scan = /扫描登记码|Scan the enrolment code/;
      await phone.getByRole('button', { name: scan }).waitFor();
      await phone.locator('body > input').waitFor({ state: 'attached' });
      await insertScan(phone, codes.find((code) => code.gate === gate)?.link ?? '');
      const card = page.getByRole('listitem').filter({
        has: page.locator('code', { hasText: new RegExp(`^${gate}$`) }),
      });
      const asked = await card.getByText(/\d{3} \d{3}/).textContent();
      await phone.getByText(/\d{3} \d{3}/.exec(asked ?? '')?.[0] ?? 'none').waitFor();
      await card.getByRole('button', { name: t('enrol.same'), exact: true }).click();
      await card.getByText(t('enrol.sameDone')).waitFor();
      if (gate === 'g-4') await isInOrder('digits');
      await phone.getByRole('button', { name: /^(一样|The same)$/ }).click();
      await phone.getByText(/^(热成像|Thermal camera)$/).click();
      await phone.getByRole('textbox').fill('7');
      await phone.locator('button[type=submit]').click();
      await phone.locator('video').waitFor({ state: 'attached' });
    },
  );

  it('watches people come in at three gates, live', async () => {
    await go(t('page.today'));
    await page.getByText(t('live.live'), { exact: true }).waitFor();
    for (const phone of phones) {
      await insertScan(phone, await freshPass());
      expect((await verdictOn(phone)).state).toBe('pass');
    }
    const people = page.locator('dl > div[data-outcome=people] dd');
    await expect.poll(() => people.textContent(), { timeout: 90_000 }).toBe('3');
    await isInOrder('live');
    await go(t('page.phones'));
    await page.getByRole('rowheader', { name: '第 150 号门' }).waitFor();
    await isInOrder('phones');
  });

  it('asked no other origin, and nothing broke on the page', () => expect(problems).toEqual([]));
});
