import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPicture } from '../../src/cli/picture.ts';
import type { Role } from '../../src/core/console/roles.ts';
import { toSeconds } from '../../src/core/units.ts';
import { demoHealthRules } from '../../src/demo/demo-health-rules.ts';
import { type OneOrigin, oneOrigin } from '../support/authority/one-origin.ts';
import { factsFile, residentId, someone, testSource } from '../support/authority/people.ts';
import { scanned } from '../support/authority/scanner.ts';
import { citizen } from '../support/authority/test-authority.ts';
import { freshContext } from '../support/chromium.ts';
import { invitedBy, isInOrder, watchPage } from '../support/desk-page.ts';

/** Pictures of every page, for whoever wants to look at them. */
const pictures = process.env['DESK_PICTURES'] || undefined;

let world: OneOrigin;
const contexts: BrowserContext[] = [];
const watched: (readonly string[])[] = [];
let page: Page;

/** Somebody of this role who has just signed in, on the first page that is theirs. */
async function signedIn(name: string, role: Role, locale = 'zh-CN'): Promise<Page> {
  const context = await freshContext({
    ...{ locale, timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } },
  });
  contexts.push(context);
  const opened = await context.newPage();
  await opened.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  watched.push(watchPage(opened, world.url));
  const link = await invitedBy({ ...world.hub, url: world.url }, { name, role, areas: 'all' });
  await opened.goto(link);
  const token = link.split('invite=')[1];
  const status = await opened.evaluate(
    async (body) => {
      const init = { method: 'POST', body: JSON.stringify(body) };
      return (await fetch('/console/api/invitation/take', init)).status;
    },
    { token, password: 'a gate in the rain' },
  );
  expect(status).toBe(201);
  await opened.goto(`${world.url}console/`);
  await opened.getByRole('navigation').first().waitFor();
  return opened;
}

const go = async (name: string, on = page) => {
  await on.getByRole('navigation', { name: '页面', exact: true }).getByText('发码').click();
  await on
    .getByRole('navigation', { name: '发码窗口的页面' })
    .getByText(name, { exact: true })
    .click();
  await on.getByRole('heading', { level: 2, name, exact: true }).waitFor();
};
const press = (name: string | RegExp, on = page) =>
  on.getByRole('button', { name, exact: true }).click();

const sizes = [
  [360, 740],
  [768, 1024],
  [1280, 800],
] as const;

/** In order on a phone by day and at a desk by night; for pictures in three sizes and two languages. */
async function everywhere(name: string, on = page): Promise<void> {
  if (!pictures) {
    await on.setViewportSize({ width: 360, height: 740 });
    await isInOrder(on);
    await on.setViewportSize({ width: 1280, height: 800 });
    await on.emulateMedia({ colorScheme: 'dark' });
    await isInOrder(on);
    return on.emulateMedia({ colorScheme: 'light' });
  }
  mkdirSync(pictures, { recursive: true });
  for (const language of ['en', 'zh-CN']) {
    await on.locator('header select').first().selectOption(language);
    for (const [width, height] of sizes) {
      await on.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await on.emulateMedia({ colorScheme });
        const path = join(pictures, `${name}-${language}-${width}-${colorScheme}.png`);
        await on.screenshot({ path, fullPage: true });
      }
    }
  }
  await on.emulateMedia({ colorScheme: 'light' });
}

const at = () => toSeconds(world.authority.clock.wall());

beforeAll(async () => {
  world = await oneOrigin();
  await world.authority.publish();
  page = await signedIn('王芳', 'desk');
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await world?.close();
});

describe('the issuing side’s desk', () => {
  it('opens by itself for who is signed in at the hub, and says when nothing waits', async () => {
    await page.getByRole('heading', { level: 1, name: '发码' }).waitFor();
    await page.getByText('没有等待的申诉').waitFor();
    await page.getByText('天津健康码发码窗口').waitFor();
    const links = page.getByRole('navigation', { name: '页面', exact: true }).getByRole('link');
    expect(await links.allTextContents()).toEqual(['发码', '我的账号']);
    await everywhere('appeals-none');
  });

  it('an appeal: the wrong fact is taken back, the next one opens, both are answered', async () => {
    const source = await testSource(world.authority.sql, 'wrong', ['contact']);
    const lines = [
      { id: 'w1', kind: 'contact', type: 'hk-macao-permit', number: 'M12345678', at: at() },
    ];
    const mine = await citizen(world.authority, 'macao');
    await mine.declare();
    const ill = await citizen(world.authority, 'li');
    await ill.declare({ symptoms: ['cough'] });
    await world.authority.sql.query('select 1');
    const admin = await signedIn('资料员', 'admin');
    await go('数据导入', admin);
    const file = await factsFile(source, 'b1', lines);
    await choose(admin, file);
    await admin.getByText('收入 1 条').waitFor();
    const text = '我没有去过那里。\n请核查。';
    expect((await mine.post('/api/appeals', { class: 'contact', text })).status).toBe(201);
    await ill.post('/api/appeals', { class: 'symptoms', text: '填错了，我没有咳嗽' });

    await go('查人');
    await go('申诉');
    await page.getByRole('heading', { name: '何*明的申诉' }).waitFor();
    await page.getByText('2 件等待答复').waitFor();
    await page.getByText('请核查').waitFor();
    expect(await page.getByRole('button', { name: '提交答复' }).isDisabled()).toBe(true);
    await page.getByLabel('处理结果').selectOption({ label: '属实，予以更正' });
    await page.getByLabel(/来源 wrong \/ w1/).check();
    await page.getByLabel('给本人的答复').fill('已核实更正。');
    await everywhere('appeals');
    await press('提交答复');
    await page.getByText('已答复。现在的码：绿').waitFor();
    await page.getByRole('heading', { name: '李*国的申诉' }).waitFor();
    const heading = page.getByRole('heading', { name: '李*国的申诉' });
    expect(await heading.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.getByLabel('处理结果').selectOption({ label: '维持原码' });
    await page.getByLabel('给本人的答复').fill('请重新申报一次。');
    await press('提交答复');
    await page.getByText('没有等待的申诉').waitFor();
    expect((await mine.live()).body.state).toBe('g');
    expect((await ill.get('/api/appeals')).body.appeals[0].answer).toBe('请重新申报一次。');
  });

  it('a pass on paper: the number is checked at its field, the sheet alone is printed', async () => {
    await go('纸质码');
    const number = residentId(620, '19400101');
    const mistyped = number.slice(0, -1) + (number.endsWith('1') ? '2' : '1');
    await page.getByLabel('证件号码').fill(mistyped);
    await page.getByText('有一位填错了').waitFor();
    await page.getByLabel('证件号码').fill(number.slice(0, 8));
    expect(await page.getByText('位数不对').count()).toBe(0);
    await page.getByLabel('姓名').click();
    await page.getByText('位数不对').waitFor();
    await page.getByLabel('证件号码').fill(number);
    await page.getByLabel('姓名').fill('赵大爷');
    const make = page.getByRole('button', { name: '办理纸质码' });
    expect(await make.isDisabled()).toBe(true);
    await page.getByLabel('电话').fill('022-12345678');
    await page.getByLabel('住址').fill('解放北路 188 号');
    await page.getByLabel('现住区').fill('120101');
    await page.getByText('和平区', { exact: true }).first().waitFor({ state: 'attached' });
    await everywhere('papers');
    await make.click();
    await page.getByText('赵*爷的纸质码已办好').waitFor();
    expect(page.url()).not.toContain(number);
    await everywhere('paper-made');
    await press('打印');
    await page.locator('body[data-printed]').waitFor();
    await printed('whole');
    await page.getByLabel('纸张').selectOption({ label: '半页，可裁开' });
    await printed('half');
    await press('下一位');
    expect(await page.getByLabel('证件号码').inputValue()).toBe('');
    expect(await page.content()).not.toContain('赵');
  });

  /** One page of A4 with nothing else on it, read from its picture and judged as a scanner would. */
  async function printed(size: 'whole' | 'half'): Promise<void> {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 703, height: 1032 });
    const sheet = page.locator('body > section');
    for (const language of ['en', 'zh-TW', 'zh-CN']) {
      await page.emulateMedia({ media: null });
      await page.locator('header select').first().selectOption(language);
      await page.emulateMedia({ media: 'print' });
      const box = await sheet.boundingBox();
      expect([language, Number(box?.height) < (size === 'whole' ? 1032 : 515)]).toEqual([
        language,
        true,
      ]);
    }
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    const folder = pictures ?? mkdtempSync(join(tmpdir(), 'kakou-sheet-'));
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `sheet-${size}.png`);
    await page.screenshot({ path, fullPage: true });
    const verdict = await scanned(world.authority, await readPicture(path));
    expect(`${verdict.state}/${verdict.reason}`).toBe('check/paper-check-id');
    if (!pictures) rmSync(folder, { recursive: true });
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 800 });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  }

  it('a consent for who stands there, in large letters, for ten minutes', async () => {
    await go('代办同意码');
    await page.getByLabel('证件', { exact: true }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.type(residentId(620, '19400101'));
    await page.keyboard.press('Enter');
    const code = page.getByText(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/);
    const said = (await code.textContent()) ?? '';
    await everywhere('consent');
    const relative = await citizen(world.authority, 'zhang');
    const came = await relative.post('/api/relatives', { consent: said });
    expect(came.status).toBe(201);
    await page.keyboard.press('Enter'); // the next one has the focus
    await page.getByLabel('证件号码').waitFor();
  });

  it('facts: a broken line is told by its number and stops none of the others', async () => {
    await go('数据导入');
    const source = await testSource(world.authority.sql, 'cdc', ['contact', 'order', 'test']);
    const good = someone(700);
    const line = (id: string, number: string, kind = 'order') => ({
      ...{ id, kind, type: 'resident-id', number, at: at() },
    });
    const lines = [
      line('1', good.number),
      line('2', '120101198001010018'),
      line('3', residentId(701), 'rumour'),
    ];
    const file = await factsFile(source, 'day-1', lines);
    await choose(page, file);
    await page.getByText('收入 1 条').waitFor();
    await page.getByText('有 2 行没有收入').waitFor();
    expect(await page.getByRole('row', { name: /^2 证件号码不对/ }).count()).toBe(1);
    expect(await page.getByRole('row', { name: /^3 这个来源不能提供这一类/ }).count()).toBe(1);
    await everywhere('facts');
    await choose(page, file);
    await page.getByText('这一批以前收过').waitFor();
    await choose(page, `${file.slice(0, -4)}AAAA`);
    await page.getByText('签名不对').waitFor();
    await choose(page, 'not a file of facts');
    await page.getByText('不是签名文件').waitFor();
  });

  it('rules: tried on everybody; the desk may not take them into use, an admin confirms', async () => {
    await go('赋码规则');
    await page.getByText('正在使用：第 1 版').waitFor();
    const rules = demoHealthRules['CN-TJ'];
    const red = { ...rules.rules[0], id: 'all', on: 'person', when: true };
    await page.getByLabel('规则（JSON）').fill('{"format": ');
    await page.getByText('不是 JSON').waitFor();
    await page.getByLabel('规则（JSON）').fill(JSON.stringify({ ...rules, rules: [red] }));
    await press('试算');
    await page.getByText(/\d+ 人会变红码?，原来绿码?/).waitFor();
    await page.getByText('由管理员启用。').waitFor();
    expect(await page.getByRole('button', { name: '启用' }).count()).toBe(0);
    await everywhere('rules');
    await page.getByLabel('规则（JSON）').fill(JSON.stringify(demoHealthRules['CN-HE']));
    await press('试算');
    await page.getByText('不是这里的规则').waitFor();

    const admin = await signedIn('管理员甲', 'admin');
    await go('赋码规则', admin);
    await press('从正在使用的改起', admin);
    await press('试算', admin);
    await admin.getByText('没有人的码会变').waitFor();
    await press('启用', admin);
    await admin.getByRole('dialog').getByText('有 0 人会变').waitFor();
    await isInOrder(admin);
    await admin.getByRole('dialog').getByRole('button', { name: '启用' }).click();
    await admin.getByText('已启用，是第 2 版').waitFor();
    await admin.getByText('正在使用：第 2 版').waitFor();
  });

  it('a district’s risk is set after it was said what becomes of what', async () => {
    await go('地区风险');
    await page.getByText('还没有地区定级').waitFor();
    await press('新增地区');
    await page.getByLabel('代码').fill('120101');
    await page.getByLabel('风险', { exact: true }).selectOption({ label: '高风险' });
    await page.getByText(/和平区：未定级改为高风险/).waitFor();
    await everywhere('risk-dialog');
    await press('确认修改');
    await page.getByText('已修改，正在重新判定').waitFor();
    await page.getByRole('row', { name: /^和平区 120101 高风险/ }).waitFor();
    await press('修改和平区');
    await page.getByText(/和平区：高风险改为高风险/).waitFor();
    await page.keyboard.press('Escape');
    await everywhere('risks');
  });

  it('somebody by document: masked; the 61st in an hour is refused, with the time when again', async () => {
    await go('查人');
    await page.getByText('每次查询都记下您的姓名').waitFor();
    await page.getByLabel('证件号码').fill(someone(702).number);
    await press('查询');
    await page.getByText('没有这个证件的人').waitFor();
    await page
      .getByLabel('证件', { exact: true })
      .selectOption({ label: '港澳居民来往内地通行证' });
    await page.getByLabel('证件号码').fill('M12345678');
    await press('查询');
    await page.getByRole('heading', { name: /何\*明/ }).waitFor();
    expect(await page.getByText('解放北路').count()).toBe(0);
    await everywhere('person');
    // of the sixty an hour two are gone here, and one by the consent
    const statuses = await page.evaluate(
      async (numbers) => {
        const came: number[] = [];
        for (const number of numbers) {
          const body = JSON.stringify({ type: 'resident-id', number });
          const ask = async () =>
            (await fetch('/authority/desk/people', { method: 'POST', body })).status;
          let status = await ask();
          if (status === 401) {
            // the hub's word stands for a minute: the page asks for another one by itself
            const answer = await fetch('/console/api/desk-pass', { method: 'POST' });
            const { pass } = await answer.json();
            await fetch('/authority/desk/session', { method: 'POST', body: pass });
            status = await ask();
          }
          came.push(status);
        }
        return came;
      },
      Array.from({ length: 57 }, (_, n) => someone(800 + (n % 100)).number),
    );
    expect([...new Set(statuses)]).toEqual([404]);
    await page.getByLabel('证件号码').fill('M12345678');
    await press('查询');
    await page.getByText(/次数已用完，\d\d:\d\d 后再试/).waitFor();
    expect(await page.getByRole('heading', { name: /何\*明/ }).count()).toBe(0);
    await everywhere('person-refused');
  });

  it('figures name nobody, and no number under ten', async () => {
    await go('统计');
    await page.getByText('不到 10 的数不显示').waitFor();
    await page.getByText('不到 10', { exact: true }).first().waitFor();
    await everywhere('figures');
  });
});

async function choose(on: Page, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  const file = { name: 'facts.jwt', mimeType: 'application/octet-stream', buffer };
  await on.locator('input[type=file]').setInputFiles(file);
}

describe('who may see what of it', () => {
  it('an auditor: figures and acts, the look-ups with their operator among them', async () => {
    const auditor = await signedIn('审计员', 'auditor');
    await go('统计', auditor);
    const pages = auditor.getByRole('navigation', { name: '发码窗口的页面' }).getByRole('link');
    expect(await pages.allTextContents()).toEqual(['统计', '操作记录']);
    await go('操作记录', auditor);
    await auditor
      .getByRole('row', { name: /王芳 查询了一个人/ })
      .first()
      .waitFor();
    await auditor.getByRole('row', { name: /王芳 办理了纸质码/ }).waitFor();
    await everywhere('acts', auditor);
    await auditor.goto(`${world.url}console/#/issuing/person`);
    await auditor.getByRole('heading', { level: 2, name: '统计' }).waitFor();
  });

  it('a supervisor: none of it, and no pass from the hub', async () => {
    const supervisor = await signedIn('负责人', 'supervisor');
    await supervisor.getByRole('heading', { name: '今天', exact: true }).waitFor();
    expect(await supervisor.getByText('发码', { exact: true }).count()).toBe(0);
    const code = await supervisor.evaluate(async () => {
      const came = await fetch('/console/api/desk-pass', { method: 'POST' });
      return ((await came.json()) as { code: string }).code;
    });
    expect(code).toBe('not-allowed');
  });
});

describe('the session at the issuing side', () => {
  it('is opened anew when it is over, without a word', async () => {
    const cookies = await page.context().cookies(`${world.url}authority/desk/`);
    expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
      ['kakou-desk', true, 'Strict'],
    ]);
    await page.context().clearCookies({ name: 'kakou-desk' });
    await go('地区风险');
    await page.getByRole('row', { name: /^和平区/ }).waitFor();
  });

  it('where the issuing side is down the page says so and tries again', async () => {
    const other = await signedIn('李强', 'desk', 'en');
    await other.getByText('No appeal waits').waitFor();
    world.reach(false);
    await other.reload();
    await other.getByText('What answers is not the issuing side').waitFor();
    await everywhere('down', other);
    world.reach(true);
    await other.getByRole('button', { name: /Try again|重试/ }).click();
    await other.getByText(/No appeal waits|没有等待的申诉/).waitFor();
  });

  it('ends with the one at the hub', async () => {
    await press('退出登录');
    await page.getByRole('heading', { name: '登录' }).waitFor();
    const status = () => page.evaluate(async () => (await fetch('/authority/desk/session')).status);
    await expect.poll(status, { timeout: 20_000 }).toBe(401);
  });

  it('nothing broke on any page, and none asked another origin', () => {
    expect(watched.flat()).toEqual([]);
  });
});
