import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forget, usualRetention } from '../../../src/authority/store/forget.ts';
import { takePerson } from '../../../src/authority/store/persons.ts';
import { lookAfter } from '../../../src/authority/upkeep.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { someone } from '../../support/authority/people.ts';
import {
  type Browser,
  operator,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';
import { randomBytes } from '../../support/passes.ts';

let at: TestAuthority;
let desk: Browser;
let admin: Browser;
beforeAll(async () => {
  at = await testAuthority();
  [desk, admin] = [await operator(at), await operator(at, 'admin')];
});
afterAll(() => at.close());

const day = 86_400;
const now = () => toSeconds(at.clock.wall());
const reason = '流调：6 月 1 日病例到过';
const take = (over: object = {}, by = desk) =>
  by.post('/desk/visits', { place: 'mall', from: now() - day, until: now(), reason, ...over });
const acts = async () => (await admin.get('/desk/acts')).body.acts;
const log = { info() {}, warn() {}, error() {} };
const looked = (doubt?: string) =>
  lookAfter({ sql: at.sql, log, now: at.clock.wall, doubt: () => doubt });
const count = async () =>
  (await at.sql.query<{ n: number }>('select count(*)::int as n from visits'))[0]?.n;

let visits = 0;
async function visit(serial: number, name: string, over: object = {}): Promise<void> {
  const needs = { cipher: at.cipher, random: randomBytes, now: at.clock.wall() };
  const person = await at.sql.transaction((tx) => takePerson(tx, someone(serial, name), needs));
  const row = { place: 'mall', at: now() - 3600, received: now(), with_count: 0, ...over };
  await at.sql.query(
    `insert into visits (id, venue_code, place, person, at, received, with_count)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [`v${++visits}`, 'ab'.repeat(16), row.place, person, row.at, row.received, row.with_count],
  );
}

describe('who was at a place', () => {
  it('is told in a file of this place and time alone; the act tells how many, and nobody’s name', async () => {
    await visit(1, '张晓', { at: now() - 7200, with_count: 2 });
    await visit(2, '=HYPERLINK("http://x.example","看")');
    await visit(3, '别处的人', { place: 'other-mall' });
    await visit(4, '上周的人', { at: now() - 7 * day });
    const came = await take();
    expect(came.status).toBe(200);
    const lines = came.body.csv.split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFF时间 Time,姓名 Name,证件 Document,证件号码 Number,同行 With them,收到 Received',
    );
    expect(lines.slice(1)).toEqual([
      `2026-06-01 08:00:00,张晓,居民身份证 Resident ID,'${someone(1).number},2,2026-06-01 10:00:00`,
      `2026-06-01 09:00:00,"'=HYPERLINK(""http://x.example"",""看"")",居民身份证 Resident ID,'${someone(2).number},0,2026-06-01 10:00:00`,
      '',
    ]);
    expect(came.body.visits).toBe(2);
    const [act] = await acts();
    expect(act).toMatchObject({
      ...{ act: 'visits-exported', by: { name: 'desk of the test' } },
      facts: { place: 'mall', from: (now() - day) * 1000, to: now() * 1000, reason, visits: 2 },
    });
    const told = JSON.stringify(await acts()) + at.lines.join('\n');
    for (const secret of ['张晓', 'HYPERLINK', someone(1).number])
      expect(told).not.toContain(secret);
  });

  it('of a place where nobody was is a file with its heads alone, and an act all the same', async () => {
    const came = await take({ place: 'nowhere' });
    expect(came.body.visits).toBe(0);
    expect(came.body.csv.split('\r\n')).toHaveLength(2);
    expect((await acts())[0]).toMatchObject({ facts: { place: 'nowhere', visits: 0 } });
  });

  it.each<[string, () => object]>([
    ['no reason', () => ({ reason: ' ' })],
    ['a reason nobody can read', () => ({ reason: '\u202e流调' })],
    ['more than 21 days back', () => ({ from: now() - 21 * day - 1 })],
    ['an end before its beginning', () => ({ until: now() - 2 * day })],
    ['half a second', () => ({ from: now() - 0.5 })],
    ['every place at once', () => ({ place: '%' + ' ' })],
  ])('is not told with %s', async (_, over) => {
    const before = (await acts()).length;
    expect((await take(over())).body.code).toBe('bad-shape');
    expect(await acts()).toHaveLength(before);
  });

  it('is told to one operator thirty times a day', async () => {
    const curious = await operator(at, 'admin');
    let status = 0;
    let taken = 0;
    for (; status !== 429 && taken < 40; taken++) status = (await take({}, curious)).status;
    expect(taken).toBe(31);
  });
});

describe('visits', () => {
  it('are deleted by the service after 21 days, and not while its clock is in doubt', async () => {
    const before = (await count()) ?? 0;
    await visit(5, '二十天前的人', { at: now() - 20 * day, received: now() - 20 * day });
    await visit(6, '二十二天前的人', { at: now() - 22 * day, received: now() - 20 * day });
    await visit(7, '手机钟快了的人', { at: now() + 90 * day, received: now() - 22 * day });
    await looked('ahead');
    expect(await count()).toBe(before + 3);
    await looked();
    expect(await count()).toBe(before + 1);
    at.clock.tick(2 * day * 1000);
    await looked();
    expect(await count()).toBe(before);
  });

  it('keep their person, whose name the file needs, as long as they are kept', async () => {
    await visit(8, '老用户');
    await at.sql.query('update persons set created_at = 1');
    await forget(at.sql, usualRetention, at.clock.wall());
    desk = await operator(at);
    expect((await take()).body.csv).toContain('老用户');
  });
});
