import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testChildren } from '../../src/demo/test-persons.ts';
import {
  picture,
  type RunningAuthority,
  register,
  type Walker,
  walker,
} from '../support/authority/citizen-walk.ts';
import { someone } from '../support/authority/people.ts';
import { runAuthority } from '../support/authority/running-authority.ts';
import { operator, type TestAuthority } from '../support/authority/test-authority.ts';
import { isInOrder } from '../support/desk-page.ts';

let at: RunningAuthority;
let mother: Walker;
let page: Page;
const [flower, tree] = testChildren as [(typeof testChildren)[0], (typeof testChildren)[0]];
const third = someone(77, '李小石', '20200202');
const stranger = someone(78, '赵小一', '20190909');

beforeAll(async () => {
  at = await runAuthority();
  await at.publish();
  await register(at, [
    ...[flower, tree, third].map((child) => ({ child, guardian: 'zhang' })),
    { child: stranger, guardian: 'wang' },
  ]);
  mother = await walker(at, 'zhang', 'zh-CN');
  ({ page } = mother);
});
afterAll(async () => {
  await mother?.context.close();
  await at?.close();
});

const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
const answer = (question: RegExp, said: string, on = page) =>
  on.getByRole('radiogroup', { name: question }).getByLabel(said, { exact: true }).check();

/** Every answer as somebody who is well gives it. */
async function answerWell(on: Page): Promise<void> {
  for (const question of [/是否有发热/, /接触过感染者/, /去过其他区县/, /境外入境/])
    await answer(question, '否', on);
}

async function fillIn(on: Page): Promise<void> {
  await on.getByLabel('联系电话').fill('138 0013 8000');
  await on.getByLabel('现住址').fill('解放北路188号 3号楼 2门 501');
  await on.getByLabel('现住区县', { exact: true }).selectOption({ label: '和平区' });
  await answerWell(on);
}

describe('the first declaration', () => {
  it('an empty form says what is missing at each field, and goes to the first', async () => {
    expect((await mother.get('/me')).code).toBe('declare-first');
    await mother.go('#declare');
    await button('去核对').click();
    await page.getByText('请填联系电话。').waitFor();
    await expect(page.getByText('请选“是”或“否”。').count()).resolves.toBe(4);
    await page.getByText('有 7 处要改').waitFor();
    expect(await page.getByLabel('联系电话').evaluate((it) => it === document.activeElement)).toBe(
      true,
    );
    await isInOrder(page);
    await picture(page, 'declare-wrong');
  });

  it('is looked over before it is sent', async () => {
    await fillIn(page);
    await expect(page.getByText('请选“是”或“否”。').count()).resolves.toBe(0);
    await picture(page, 'declare-form');
    // a reload would lose it, so the browser asks first; nothing of it lies on the phone
    const asked = page.waitForEvent('dialog');
    void page.evaluate(() => location.reload()).catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    const kept = await page.evaluate(() =>
      JSON.stringify([localStorage, sessionStorage, location]),
    );
    expect(kept).not.toMatch(/解放北路|138 ?0013/);
    await button('去核对').click();
    await page.getByRole('heading', { name: '请核对' }).waitFor();
    await page.getByText('解放北路188号 3号楼 2门 501').waitFor();
    await isInOrder(page);
    await picture(page, 'declare-review');
  });

  it('no network: nothing is lost, neither on another page', async () => {
    await mother.context.setOffline(true);
    await button('提交').click();
    await page.getByText('没有得到确认。填写的内容都还在。').waitFor();
    await picture(page, 'declare-offline');
    await mother.context.setOffline(false);
    await mother.go('#settings');
    await button('退出登录').waitFor();
    await mother.go('#declare');
    await page.getByText('解放北路188号 3号楼 2门 501').waitFor();
    expect((await mother.get('/me')).declarationsLeft).toBe(3);
  });

  it('the line breaks after it has come in: the next try finds it, and spends no second one', async () => {
    await page.route('**/api/declarations', async (route) => {
      if (route.request().method() === 'POST') {
        await route.fetch(); // it has come in, and its answer gets lost
        await route.abort('connectionreset');
      } else await route.fallback();
    });
    await button('再试一次').click();
    await expect.poll(async () => (await mother.get('/me')).declarationsLeft).toBe(2);
    await page.unroute('**/api/declarations');
    await button('再试一次').click();
    await page.getByText('申报已收到').waitFor();
    await page.getByText('没有重复提交').waitFor();
    await page.getByText('今天还可申报 2 次').waitFor();
    await isInOrder(page);
    await picture(page, 'declare-done');
    const me = await mother.get('/me');
    expect(me).toMatchObject({ code: 'ready', state: 'g', declarationsLeft: 2 });
  });
});

describe('the next ones of the day', () => {
  it('begin with where they live, and ask every question anew', async () => {
    await button('再申报一次').click();
    await expect.poll(() => page.getByLabel('现住址').inputValue()).toContain('解放北路188号');
    await expect(page.getByRole('radio', { checked: true }).count()).resolves.toBe(0);
    await answerWell(page);
    await page.getByLabel('您现在在哪个区县（选填）').selectOption({ label: '河西区' });
    await button('去核对').click();
    await button('提交').click();
    await page.getByText('您现在所在的区县与现住区县不同').waitFor();
    await picture(page, 'declare-elsewhere');
  });

  it('the fourth is refused, whoever had the form open before, and says when again', async () => {
    const other = await mother.context.newPage();
    await other.goto(`${at.origin}/citizen/#declare`);
    await answerWell(other);
    await button('去核对', other).click();
    await button('再申报一次').click();
    await answerWell(page);
    await answer(/是否有发热/, '是');
    await page.getByLabel('咳嗽').check();
    await button('去核对').click();
    await button('提交').click();
    await page.getByText('今天还可申报 0 次').waitFor();
    expect(await mother.get('/me')).toMatchObject({ declarationsLeft: 0, state: 'o' });
    await button('提交', other).click();
    await other.getByText(/今天的 3 次申报已用完，明天 00:00 起可再申报/).waitFor();
    await other.getByText('没有提交成功。填写的内容都还在。').waitFor();
    await isInOrder(other);
    await picture(other, 'declare-thrice');
    await other.close({ runBeforeUnload: false });
    await mother.go('#code');
    await mother.go('#declare');
    await page.getByText(/今天的 3 次申报已用完/).waitFor();
    await picture(page, 'declare-none-left');
  });

  it('the record shows all three, and that the last one counts', async () => {
    await mother.go('#record');
    await page.getByText('以此为准').waitFor();
    await expect(page.getByText('当天已更新').count()).resolves.toBe(2);
    await page.getByRole('group').first().locator('summary').click();
    await page.getByText('咳嗽').waitFor();
    await isInOrder(page);
    await picture(page, 'record');
  });
});

async function addChild(of: { number: string; name: string }, on = page): Promise<void> {
  const fold = on.locator('details', { hasText: '添加子女' });
  if (!(await fold.getByLabel('证件号码').isVisible())) await fold.locator('summary').click();
  await fold.getByLabel('证件号码').fill(of.number);
  await fold.getByLabel('证件上的姓名').fill(of.name);
  await fold.getByRole('button', { name: '添加' }).click();
}

async function enterConsent(code: string, on: Page): Promise<void> {
  const fold = on.locator('details', { hasText: '添加成年家人' });
  if (!(await fold.getByLabel('授权码').isVisible())) await fold.locator('summary').click();
  await fold.getByLabel('授权码').fill(code);
  await fold.getByRole('button', { name: '添加' }).click();
}

describe('relatives', () => {
  it('another’s child is refused without a word of whose it is; a wrong number at its field', async () => {
    await mother.go('#relatives');
    await page.getByText('还没有添加。').waitFor();
    await addChild({ number: '120101201505050000', name: '李小花' });
    await page.getByText('号码与证件类型不符，请核对。').waitFor();
    await addChild(stranger);
    await page.getByText('登记上您不是这名子女的监护人').waitFor();
    await isInOrder(page);
    await picture(page, 'relatives-refused');
  });

  it('a child by its document, and a declaration for it', async () => {
    await addChild(flower);
    await page.getByText('✓ 已添加李*花').waitFor();
    await button('代申报 李*花').click();
    await page.getByText('今天还可申报 3 次').waitFor();
    await expect(page.getByLabel('为谁申报').inputValue()).resolves.not.toBe('me');
    await fillIn(page);
    await button('去核对').click();
    await page.getByText('李*花').waitFor();
    await button('提交').click();
    await page.getByText('申报已收到').waitFor();
    await mother.go('#record');
    const id = (await mother.get('/relatives')).relatives[0].id;
    expect((await mother.get(`/me?relative=${id}`)).code).toBe('ready');
    await page.getByLabel('谁的记录').selectOption({ label: '李*花 12…55' });
    await expect.poll(() => page.locator('main details').count()).toBe(1);
  });

  it('a grown one by a code of theirs, with its end; a code used twice is refused', async () => {
    const grandmother = await walker(at, 'wang', 'zh-CN');
    const father = await walker(at, 'li', 'zh-CN');
    await grandmother.go('#relatives');
    await grandmother.page.locator('summary', { hasText: '让家人代办我' }).click();
    await button('生成授权码', grandmother.page).click();
    const shown = grandmother.page.locator('[translate=no]');
    const code = (await shown.textContent()) ?? '';
    expect(code).toMatch(/^[2-9A-Z]{5} [2-9A-Z]{5}$/);
    await grandmother.page.getByText(/^\d\d:\d\d 前有效，只能用一次。$/).waitFor();
    await isInOrder(grandmother.page);
    await picture(grandmother.page, 'relatives-consent');

    await mother.go('#relatives');
    await enterConsent('ABC', page);
    await page.getByText('授权码是 10 位字母和数字。').waitFor();
    await enterConsent(code.toLowerCase(), page);
    await page.getByText('✓ 已添加王*英').waitFor();
    await father.go('#relatives');
    await enterConsent(code, father.page);
    await father.page.getByText('授权码不对、已过期或已用过').waitFor();

    await grandmother.page.reload();
    await grandmother.page.locator('summary', { hasText: '谁可以出示我的健康码' }).click();
    await grandmother.page.getByText('张*三').waitFor();
    await picture(grandmother.page, 'relatives-shown-by');
    expect([...grandmother.problems, ...father.problems]).toEqual([]);
    await grandmother.context.close();
    await father.context.close();
  });

  it('three, and the fourth is refused; one is removed after a second look, and there is room', async () => {
    const other = await mother.context.newPage();
    await other.goto(`${at.origin}/citizen/#relatives`);
    await other.getByRole('heading', { name: '已添加 2 位' }).waitFor();
    await addChild(tree);
    await page.getByText('✓ 已添加李*树').waitFor();
    await page.getByRole('heading', { name: '已添加 3 位' }).waitFor();
    await picture(page, 'relatives-three');
    const fold = page.locator('details', { hasText: '添加子女' });
    await fold.locator('summary').click();
    await fold.getByText('已有 3 位。移除一位后可再添加。').waitFor();
    await fold.locator('summary').click();
    // where the list was read before the third
    await addChild(third, other);
    await other.getByText('已有 3 位家人。').waitFor();
    await picture(other, 'relatives-fourth');
    await other.close();
    await button('出示李*花的健康码').click();
    await page.getByRole('img').first().waitFor();
    await page.getByText('李*花').first().waitFor();
    await mother.go('#relatives');
    await button('移除李*花').click();
    await isInOrder(page);
    await picture(page, 'relatives-remove');
    await button('保留').click();
    await page.getByRole('heading', { name: '已添加 3 位' }).waitFor();
    await button('移除李*花').click();
    await page.getByRole('dialog').getByRole('button', { name: '移除' }).click();
    await page.getByText('✓ 已移除李*花').waitFor();
    await page.getByRole('heading', { name: '已添加 2 位' }).waitFor();
    expect((await mother.get('/relatives')).relatives).toHaveLength(2);
  });
});

describe('appeals', () => {
  it('one is filed, and another not before it has its answer', async () => {
    await mother.go('#appeals');
    await page.getByRole('link', { name: '拨打 88908890' }).waitFor();
    await button('提交申诉').click();
    await page.getByText('请写明哪里不对。').waitFor();
    await isInOrder(page);
    await page.getByLabel('哪方面不对').selectOption({ label: '症状' });
    await page.getByLabel('情况说明').fill('咳嗽是过敏，有医院证明。');
    await picture(page, 'appeals-form');
    await mother.context.setOffline(true);
    await button('提交申诉').click();
    await page.getByText('写的内容都还在').waitFor();
    await mother.context.setOffline(false);
    await button('提交申诉').click();
    await page.getByText('申诉已收到').waitFor();
    await page.getByText('有一件申诉等待答复').waitFor();
    await expect(button('提交申诉').count()).resolves.toBe(0);
    await isInOrder(page);
    await picture(page, 'appeals-waiting');
  });

  it('the desk’s answer stands with it, and the way to a new one is free', async () => {
    const desk = await operator(at as unknown as TestAuthority, 'desk');
    const { body } = await desk.get('/desk/appeals');
    expect(body.appeals).toMatchObject([{ class: 'symptoms', text: '咳嗽是过敏，有医院证明。' }]);
    const said = { outcome: 'rejected', answer: '请再申报一次，写明没有症状。' };
    expect((await desk.post(`/desk/appeals/${body.appeals[0].id}`, said)).status).toBe(200);
    await mother.go('#settings');
    await mother.go('#appeals');
    await page.getByText('请再申报一次，写明没有症状。').waitFor();
    await page.getByText('申诉不成立').waitFor();
    await button('提交申诉').waitFor();
    await isInOrder(page);
    await picture(page, 'appeals-answered');
  });

  it('nothing went wrong on the page, and nobody else was asked', () => {
    // the two lines that were cut in this test are told by the browser, not by the page
    expect(mother.problems).toEqual([]);
  });
});

describe('somebody from abroad, in English', () => {
  let visitor: Walker;
  beforeAll(async () => {
    visitor = await walker(at, 'passport', 'en');
  });
  afterAll(() => visitor?.context.close());

  it('declares an illness and a journey, reads both again, and sees the record', async () => {
    const { page: here } = visitor;
    await visitor.go('#declare');
    await here.getByLabel('Telephone').fill('+49 89 1234567');
    await here.getByLabel('Address where you live now').fill('Hotel Astor, Tai’erzhuang Road 33');
    await here.getByLabel('District where you live').selectOption({ label: 'Heping District' });
    await answer(/fever, a cough/, 'Yes', here);
    await here.getByLabel('Fever').check();
    await answer(/been with somebody/, 'No', here);
    await answer(/been to other districts/, 'Yes', here);
    await here
      .getByLabel('Districts you have been to 1')
      .selectOption({ label: 'Jizhou District' });
    await button('Add a district', here).click();
    await here
      .getByLabel('Districts you have been to 2')
      .selectOption({ label: 'Not in the list: by its code' });
    await here.getByLabel('Code of the district').fill('1101');
    await answer(/entered from abroad/, 'Yes', here);
    await button('Check it', here).click();
    await here.getByText('The code is six digits.').waitFor();
    await here.getByLabel('Code of the district').fill('110105');
    await isInOrder(here);
    await picture(here, 'en-declare-form');
    await button('Check it', here).click();
    await here.getByText('110105', { exact: true }).waitFor();
    await isInOrder(here);
    await picture(here, 'en-declare-review');
    await button('Send', here).click();
    await here.getByText('Your declaration has come in.').waitFor();
    expect(await visitor.get('/me')).toMatchObject({ code: 'ready', declarationsLeft: 2 });
    await visitor.go('#record');
    await here.getByText('Counts', { exact: true }).waitFor();
    await here.getByRole('group').first().locator('summary').click();
    await here.getByText('110105', { exact: true }).waitFor();
    await picture(here, 'en-record');
  });

  it('finds relatives and appeals in order, in the dark too', async () => {
    const { page: here } = visitor;
    await here.emulateMedia({ colorScheme: 'dark' });
    for (const hash of ['#declare', '#record', '#relatives', '#appeals']) {
      await visitor.go(hash);
      await here
        .locator('main')
        .getByRole('button')
        .first()
        .or(here.locator('details'))
        .first()
        .waitFor();
      await isInOrder(here);
      await picture(here, `en-dark-${hash.slice(1)}`);
      await here.evaluate(() => {
        document.documentElement.dataset['large'] = 'true';
      });
      await isInOrder(here);
      await picture(here, `en-large-${hash.slice(1)}`);
      await here.evaluate(() => {
        document.documentElement.dataset['large'] = 'false';
      });
    }
    expect(visitor.problems).toEqual([]);
  });
});
