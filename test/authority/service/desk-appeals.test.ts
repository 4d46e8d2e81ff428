import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAppeal } from '../../../src/authority/store/appeals.ts';
import { takePerson } from '../../../src/authority/store/persons.ts';
import type { WaitingAppeals } from '../../../src/core/health/desk-answers.ts';
import { factsFile, someone, testSource } from '../../support/authority/people.ts';
import {
  type Browser,
  operator,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';
import { randomBytes } from '../../support/passes.ts';

const waiting = 123;
let at: TestAuthority;
let desk: Browser;

beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
  desk = await operator(at);
  const { sql, cipher, clock } = at;
  await sql.transaction(async (tx) => {
    for (let serial = 0; serial < waiting; serial++) {
      if (serial % 7 === 0) clock.tick(1000); // many in one moment
      const needs = { cipher, random: randomBytes, now: clock.wall() };
      const person = await takePerson(tx, someone(serial), needs);
      await addAppeal(tx, person, { class: 'contact', text: `第 ${serial} 件` }, needs);
    }
  });
});
afterAll(() => at.close());

async function page(after?: string): Promise<WaitingAppeals> {
  const answer = await desk.get(`/desk/appeals${after === undefined ? '' : `?after=${after}`}`);
  expect(answer.status).toBe(200);
  return answer.body;
}
const lastOf = ({ appeals }: WaitingAppeals) => {
  const last = appeals.at(-1);
  return `${last?.at}.${last?.id}`;
};

it('every appeal that waits is reached, once, the oldest first, however many came in one moment', async () => {
  const pages = [await page()];
  for (let last = pages[0]; last?.more; last = pages.at(-1)) pages.push(await page(lastOf(last)));
  const all = pages.flatMap(({ appeals }) => appeals);
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.map((one) => one.waiting)).toEqual(pages.map(() => waiting));
  expect(new Set(all.map(({ id }) => id)).size).toBe(waiting);
  expect(all.length).toBe(waiting);
  expect(all.map((one) => one.at)).toEqual(all.map((one) => one.at).sort((a, b) => a - b));
});

it('one that is answered meanwhile moves nobody out of sight', async () => {
  const first = await page();
  const gone = first.appeals[3]?.id ?? '';
  const said = { outcome: 'rejected', answer: '维持' };
  expect((await desk.post(`/desk/appeals/${gone}`, said)).status).toBe(200);
  const second = await page(lastOf(first));
  expect(second.waiting).toBe(waiting - 1);
  const seen = [...first.appeals, ...second.appeals].map(({ id }) => id);
  expect(new Set(seen).size).toBe(seen.length);
  expect((await page()).appeals.some(({ id }) => id === gone)).toBe(false);
});

it('a place in the list that is none is refused', async () => {
  for (const after of ['', '1', '1.', '.x', '-1.x', '1.x y', '1.x%00'])
    expect((await desk.get(`/desk/appeals?after=${after}`)).status).toBe(400);
});

it('a fact that counts is shown, however many were taken back since', async () => {
  const source = await testSource(at.sql, 'lab', ['test']);
  const { type, number } = someone(900);
  const lines = Array.from({ length: 250 }, (_, n) => {
    const told = { id: `t${n}`, kind: 'test', type, number, value: 'negative' };
    return { ...told, at: Math.floor(at.clock.wall() / 1000) - 1000 + n };
  });
  expect((await desk.post('/desk/facts', await factsFile(source, 'all', lines))).body.taken).toBe(
    250,
  );
  const back = lines.slice(1).map(({ id }) => ({ withdraws: id }));
  await desk.post('/desk/facts', await factsFile(source, 'back', back));
  const { cipher, sql } = at;
  await sql.transaction((tx) =>
    takePerson(tx, someone(900), { cipher, random: randomBytes, now: at.clock.wall() }),
  );
  const found = (await desk.post('/desk/people', { type, number })).body;
  expect(found.facts[0]).toMatchObject({ id: 't0', withdrawnAt: null });
});
