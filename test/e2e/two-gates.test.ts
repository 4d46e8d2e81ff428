import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { epochMillis } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { enrol } from '../../src/hub/commands/enrol/enrol.ts';
import { fileAuthority } from '../../src/hub/publish/published-folder.ts';
import { codeReader, declareOn, signInAs } from '../support/authority/citizen-phone.ts';
import { runAuthority } from '../support/authority/running-authority.ts';
import { freshContext } from '../support/chromium.ts';
import { invitedBy, isInOrder } from '../support/desk-page.ts';
import { pause } from '../support/in-time.ts';
import { verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

/** The fence trick: a citizen's live code, let in at one gate of a compound, is passed to somebody at the other. */
let authority: Awaited<ReturnType<typeof runAuthority>>;
let hub: Awaited<ReturnType<typeof runHub>>;
let citizen: Page;
let read: (page: Page) => Promise<string>;
let east: Page;
let west: Page;
const contexts: BrowserContext[] = [];
const pictures = process.env['WALK_PICTURES'];
const picture = async (page: Page, name: string) =>
  pictures && void (await page.screenshot({ path: `${pictures}/${name}.png` }));

beforeAll(async () => {
  authority = await runAuthority();
  const { receipt, time } = demoKeys();
  const published = await fileAuthority(authority.folder, { receipt, time }, () => undefined);
  hub = await runHub(undefined, undefined, { authority: { ...published, demo: true } });
  const { sql } = hub;
  await sql.query(`insert into sites (id, name, zones) values ('garden', '花园小区', '[]')`);
  [east, west] = await Promise.all([
    onShift('east', '花园小区东门'),
    onShift('west', '花园小区西门'),
  ]);
  read = await codeReader();
  citizen = await fresh({ locale: 'zh-CN', viewport: { width: 360, height: 740 } });
  await signInAs(citizen, authority, '张小三');
  await declareOn(citizen);
  await citizen.reload();
});
afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await hub?.close();
  await authority?.close();
});

async function fresh(options: Parameters<typeof freshContext>[0]): Promise<Page> {
  const context = await freshContext(options);
  contexts.push(context);
  return context.newPage();
}

/** A scanner at this gate, in a running shift, that hears of the other gates. */
async function onShift(gate: string, name: string): Promise<Page> {
  const said = ['--gate', gate, '--name', name, '--venue', 'residential', '--region', 'CN-TJ'];
  const command = enrol.read([...said, '--url', hub.url]);
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const { say } = await command.run({ sql: hub.sql, now: epochMillis(Date.now()), random });
  await hub.sql.query(`update gates set site = 'garden' where id = $1`, [gate]);
  const page = await fresh({ locale: 'zh-CN', viewport: { width: 360, height: 740 } });
  await page.goto(hub.url);
  await page.getByRole('button', { name: /体验演示卡口/ }).waitFor();
  await page.locator('body > input').waitFor({ state: 'attached' });
  const hears = page.waitForResponse((answer) => answer.url().endsWith('/v1/sightings'));
  await insertScan(page, say.find((line) => line.startsWith('kakou:enrol#')) ?? '');
  await page.getByRole('button', { name: '一样', exact: true }).click();
  await page.getByText('热成像').click();
  await page.getByRole('textbox').fill('7');
  await page.locator('button[type=submit]').click();
  await page.locator('video').waitFor({ state: 'attached' });
  expect((await hears).status()).toBe(200);
  return page;
}

/** What the citizen's phone shows: another one than before. */
async function liveCode(before = ''): Promise<string> {
  let code = '';
  const isNew = async () => {
    code = await read(citizen);
    return code !== '' && code !== before;
  };
  await expect.poll(isNew, { timeout: 60_000 }).toBe(true);
  return code;
}

async function show(page: Page, text: string) {
  await page.locator('section[data-state]').waitFor({ state: 'detached' });
  await insertScan(page, text);
  return verdictOn(page);
}

it('is caught within a second with a network, and named afterwards without one, at the desk and on both phones', async () => {
  const caught = await liveCode();
  expect((await show(east, caught)).state).toBe('pass');
  await expect
    .poll(() => hub.sql.query('select 1 from sightings').then((rows) => rows.length))
    .toBe(1);
  await pause(1000); // so long it takes to be told, and no longer
  const second = await show(west, caught);
  expect(second.state).toBe('check');
  expect(second.text).toContain('花园小区东门');
  await picture(west, 'elsewhere-card');
  await west.getByRole('button', { name: '不放行' }).click();
  await west.getByRole('button', { name: '其他原因' }).click();

  for (const page of [east, west]) await page.context().setOffline(true);
  const missed = await liveCode(caught);
  expect((await show(east, missed)).state).toBe('pass');
  expect((await show(west, missed)).state).toBe('pass');
  await east.context().setOffline(false);
  const uploaded = () => hub.sql.query(`select 1 from scans where gate = 'east' and type = 'scan'`);
  await expect.poll(async () => (await uploaded()).length, { timeout: 60_000 }).toBe(2);
  await west.context().setOffline(false);
  await west.getByText(/在“花园小区东门”也放行过/).waitFor();
  await picture(west, 'twice-bar');
  await isInOrder(west);
  // the other one is told with whoever comes next
  expect((await show(east, await freshPass())).state).toBe('pass');
  await east.getByText(/在“花园小区西门”也放行过/).waitFor();
  await east.getByRole('button', { name: '知道了' }).click();
  await east.getByRole('button', { name: '知道了' }).waitFor({ state: 'detached' });
  await east.getByRole('button', { name: '本班' }).click();
  await east
    .getByRole('dialog')
    .getByText(/在“花园小区西门”也放行过/)
    .waitFor();
  await picture(east, 'twice-list');

  const desk = await fresh({ locale: 'en', viewport: { width: 1280, height: 800 } });
  await desk.goto(
    await invitedBy(hub, { name: '班长', role: 'supervisor', areas: ['site:garden'] }),
  );
  await desk.getByLabel('Choose a password').fill('a gate in the rain');
  await desk.getByLabel('The same again').fill('a gate in the rain');
  await desk.getByRole('button', { name: 'Open my account' }).click();
  await desk.getByRole('navigation').getByRole('link', { name: 'Shown twice' }).click();
  const row = desk.getByRole('row').filter({ hasText: 'both let in' });
  await row.getByText('花园小区东门').waitFor();
  await row.getByText('花园小区西门').waitFor();
  await picture(desk, 'twice-desk');
});
