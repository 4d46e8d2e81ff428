import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { testChildren } from '../../../src/demo/test-persons.ts';
import { modulesReader, verdictOf } from '../../support/authority/citizen-phone.ts';
import { register } from '../../support/authority/citizen-walk.ts';
import { runAuthority } from '../../support/authority/running-authority.ts';
import { whenFailed } from '../../support/when-failed.ts';
import type { Engine, Start, Tab } from '../engine.ts';
import { type Hand, handOf } from '../hand.ts';
import { takeComplaints } from '../in-the-page.ts';
import { choose, drawnCode, isKept, keepComplaints, whatIsLeft } from './in-the-page.ts';

/** `ENGINE_PICTURES=DIR` keeps a picture of each step. */
const pictures = process.env['ENGINE_PICTURES'];
const [child] = testChildren;

/** The same way of a citizen in every engine: its steps, one test each. */
export function citizenWalk(name: string, start: (start: Start) => Promise<Engine>): void {
  let authority: Awaited<ReturnType<typeof runAuthority>>;
  let read: Awaited<ReturnType<typeof modulesReader>>;
  let folder: string;
  let engine: Engine;
  let tab: Tab;
  let hand: Hand;
  let step = 0;

  /** The code on the screen, once it begins so. */
  async function codeBegins(begins: RegExp, isNot = ''): Promise<string> {
    let text = '';
    await expect
      .poll(async () => {
        text = read(await tab.run(drawnCode));
        return begins.test(text) && text !== isNot;
      })
      .toBe(true);
    return text;
  }
  async function fillIn(): Promise<void> {
    await hand.fill('input[type=tel]', '13800138000');
    await hand.fill('textarea', '解放北路188号');
    await tab.run(choose, { selector: 'form select', value: '120101' });
    for (const asked of [/是否有发热/, /是否接触过/, /是否去过/, /是否从境外/])
      await hand.answer(asked, '否');
  }
  const left = () => tab.run(whatIsLeft);
  const tell = async () =>
    console.log(
      name,
      'shows',
      await tab.run(() => `${location.href} ${document.body.textContent}`),
    );

  beforeAll(async () => {
    [authority, read] = await Promise.all([runAuthority(), modulesReader()]);
    if (child) await register(authority, [{ child, guardian: 'zhang' }]);
    folder = await mkdtemp(join(tmpdir(), 'kakou-engine-'));
    engine = await start({ profile: join(folder, 'profile'), scripts: [`(${keepComplaints})();`] });
    tab = await engine.newTab();
    hand = handOf(tab);
    whenFailed.add(tell);
  });
  afterEach(async () => {
    expect(await tab.run(takeComplaints)).toEqual([]);
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    step++;
    await writeFile(join(pictures, `citizen-${name}-${step}.png`), await tab.picture());
  });
  afterAll(async () => {
    whenFailed.delete(tell);
    await engine?.close().catch(() => undefined);
    await authority?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('signs in by the identity provider’s own page', async () => {
    await tab.open(`${authority.origin}/citizen/`);
    await hand.tap('用身份信息登录', 'a');
    await hand.tap('张小三', 'a');
    await hand.see('h2', '请先申报');
  });

  it('declares, and what was filled in is read again before it is sent', async () => {
    await hand.tap('现在申报');
    await fillIn();
    await hand.tap('去核对');
    await hand.see('dd', '解放北路188号');
    await hand.tap('提交');
    await hand.tap('出示健康码');
  });

  it('shows a code that a scanner takes, under a clock that runs', async () => {
    expect(await verdictOf(authority, await codeBegins(/^KK1:/))).toBe('pass/admitted');
    await hand.see('main *', '绿码');
    const clock = () => tab.run(() => document.querySelector('[role=timer]')?.textContent ?? '');
    const shown = await clock();
    expect(shown).toMatch(/^\d\d:\d\d:\d\d$/);
    await expect.poll(clock).not.toBe(shown);
  });

  it('shows a relative’s', async () => {
    await hand.tap('家人', 'nav a');
    await hand.tap('添加子女', 'summary');
    await hand.fill('details[open] input:not([autocapitalize])', child?.name ?? '');
    await hand.fill('details[open] input[autocapitalize]', child?.number ?? '');
    await hand.tap('添加');
    await hand.tap('代申报 李*花');
    await hand.see('main *', /今天还可申报 3 次/);
    await fillIn();
    await hand.tap('去核对');
    await hand.tap('提交');
    await hand.tap('出示健康码');
    expect(await verdictOf(authority, await codeBegins(/^KK1:/))).toBe('check/relative-held');
    await hand.tap('本人');
    await codeBegins(/^KK1:/);
  });

  it('starts anew without a network, with a code of the phone’s own', async () => {
    await expect.poll(() => tab.run(isKept)).toBe(true);
    await expect.poll(async () => (await left()).held).toBe(2);
    await authority.goAway();
    await tab.reload();
    expect(await verdictOf(authority, await codeBegins(/^KK2:/))).toBe('pass/admitted');
    await hand.see('main *', /网络不畅，此码由手机生成/);
    await authority.comeBack();
    await codeBegins(/^KK1:/);
  });

  it('signs out, and nothing of anybody is left', async () => {
    await hand.tap('我的', 'nav a');
    await hand.tap('退出登录');
    await hand.see('h1', '登录');
    await expect.poll(left).toEqual({ held: 0, keys: [] });
    await tab.reload();
    await hand.see('h1', '登录');
  });
}
