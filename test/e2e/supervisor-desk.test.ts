import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logWords } from '../../src/words/log/log-words.ts';
import { freshContext } from '../support/chromium.ts';
import { deskPictures, deskWords, walkLanguages } from '../support/desk-language.ts';
import { isInOrder as deskInOrder, invitedBy, watchPage } from '../support/desk-page.ts';
import { runHub } from '../support/running-hub.ts';
import { peopleOfGuard, twelveGuards } from '../support/twelve-guards.ts';

/** All people of the morning. */
const everybody = Array.from({ length: 12 }, (_, i) => peopleOfGuard(i)).reduce((a, b) => a + b);

describe.each(walkLanguages('en'))(
  'a supervisor of twelve guards at the end of the morning, in %s',
  (language) => {
    let hub: Awaited<ReturnType<typeof runHub>>;
    let context: BrowserContext;
    let page: Page;
    let problems: readonly string[] = [];

    beforeAll(async () => {
      hub = await runHub();
      await twelveGuards(hub.url, Date.now());
      const link = await invitedBy(hub, {
        name: '班长',
        role: 'supervisor',
        areas: ['site:haihe'],
      });
      context = await freshContext({ locale: language, viewport: { width: 1280, height: 800 } });
      page = await context.newPage();
      problems = watchPage(page, hub.url);
      await page.goto(link);
      await page.getByLabel(t('join.password')).fill('a gate in the rain');
      await page.getByLabel(t('join.repeat')).fill('a gate in the rain');
      await page.getByRole('button', { name: t('join.go') }).click();
      await page.getByRole('navigation').waitFor();
    });
    afterAll(async () => {
      await context?.close();
      await hub?.close();
    });

    const t = deskWords(language);
    const reason = (of: 'admitted' | 'colour-stop') => logWords[language][`reason.${of}.title`];
    const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

    async function isInOrder(name: string): Promise<void> {
      await deskInOrder(page);
      await deskPictures(page, `supervisor-${language}-${name}`);
    }

    /** What the browser kept when the button was pressed. */
    async function taken(name: string): Promise<{ name: string; bytes: Uint8Array }> {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      const download = await coming;
      return {
        name: download.suggestedFilename(),
        bytes: new Uint8Array(readFileSync(await download.path())),
      };
    }
    it('sees all of them on the page of the day, in one sum', async () => {
      await page.getByText(everybody.toLocaleString(language), { exact: true }).first().waitFor();
      await page.getByRole('rowheader', { name: '海河小区 12 号门' }).waitFor();
      await isInOrder('today');
    });

    it('sees who is on duty, and one guard’s shift as the phone’s report tells it', async () => {
      await go(t('page.shifts'));
      await page.getByRole('rowheader', { name: '孙浩' }).waitFor();
      await expect(page.getByRole('row').count()).resolves.toBe(13);
      await isInOrder('shifts');
      await page
        .getByRole('button', {
          name: t('shifts.openWhich', { who: '王芳', time: '' })
            .trim()
            .replace(/[，, ]+$/, ''),
        })
        .click();
      await page.getByText(new RegExp(t('report.whole', { entries: '\\d+' }))).waitFor();
      await page
        .getByText(new RegExp(t('report.receipted', { seq: '\\d+' }).replace(/[()]/g, '.')))
        .waitFor();
      await isInOrder('report');
    });

    it('finds who was stopped and why, and looks at one of them whole', async () => {
      await go(t('page.entries'));
      await page.getByLabel(t('find.what')).selectOption('stop');
      const table = page.locator('tbody');
      await table.getByText(reason('colour-stop')).first().waitFor();
      await table.getByText(reason('admitted')).first().waitFor({ state: 'detached' });
      await isInOrder('entries');
      await page
        .getByRole('button', { name: new RegExp(t('entry.openWhich', { seq: '\\d+', time: '' })) })
        .first()
        .click();
      await page.getByRole('dialog').getByText(t('entry.signed')).waitFor();
      await isInOrder('entry');
      await page.keyboard.press('Escape');
      await page.getByLabel(t('find.gate'), { exact: true }).fill('haihe-3');
      await table.getByText('海河小区 4 号门').first().waitFor({ state: 'detached' });
      await table.getByText('海河小区 3 号门').first().waitFor();
      await page.getByRole('button', { name: t('find.clear') }).click();
    });

    it('takes the day of twelve guards out as one workbook with everybody in it', async () => {
      await page.getByText(t('take.bookHint')).waitFor();
      const { name, bytes } = await taken(t('take.xlsx'));
      expect(name).toMatch(/^kakou-\d{4}-\d\d-\d\d\.xlsx$/);
      const files = unzipSync(bytes);
      const sheet = (n: number) =>
        strFromU8(files[`xl/worksheets/sheet${n}.xml`] ?? new Uint8Array());
      expect([...sheet(2).matchAll(/<row /g)]).toHaveLength(1 + everybody);
      for (let gate = 1; gate <= 12; gate++) expect(sheet(1)).toContain(`海河小区 ${gate} 号门`);
      expect(sheet(1)).toContain(`<v>${everybody}</v>`);
      const csv = await taken(t('take.csv'));
      expect(strFromU8(csv.bytes).split('\r\n').length).toBeGreaterThan(everybody);
      const lines = await taken(t('take.json'));
      expect(strFromU8(lines.bytes)).toContain('{"signed":{"payload"');
    });

    it('sees which codes two gates let in within five minutes', async () => {
      await go(t('page.twice'));
      await page.getByText(t('twice.both')).first().waitFor();
      expect(await page.locator('tbody tr').count()).toBe(6);
      await isInOrder('twice');
      await go(t('page.entries'));
      await page.locator('tbody tr').first().waitFor();
    });

    it('is told on the page why a file cannot be had', async () => {
      // what else the page asks for stays unanswered, or it would be the first to hear of the end
      await page.route('**/console/api/**', (route) =>
        route.request().url().includes('check=1') ? route.continue() : undefined,
      );
      await hub.sql.query('update operator_sessions set ended_at = 1');
      await page.getByRole('button', { name: t('take.xlsx') }).click();
      await page.getByText(t('in.ended')).first().waitFor();
    });

    it('asked no other origin, and nothing broke on the page', () => expect(problems).toEqual([]));
  },
);
