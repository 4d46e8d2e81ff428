import { afterAll, beforeAll, expect, it } from 'vitest';
import { takePerson } from '../../src/authority/store/persons.ts';
import { lookAfter } from '../../src/authority/upkeep.ts';
import { toSeconds } from '../../src/core/units.ts';
import { someone } from '../support/authority/people.ts';
import { posterFound, posterSaid } from '../support/authority/scanner.ts';
import {
  type Browser,
  citizen,
  operator,
  type TestAuthority,
  testAuthority,
} from '../support/authority/test-authority.ts';
import { randomBytes } from '../support/passes.ts';

let at: TestAuthority;
let desk: Browser;
beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
  desk = await operator(at);
});
afterAll(() => at.close());

const library = { name: '天津图书馆南门', venue: 'other', district: '120103' };
const place = 'library-south';
let poster: string;

it('a place has one code, after its applicant was checked; a new one ends the old', async () => {
  const mine = await citizen(at, 'zhang');
  const { id } = (await mine.post('/api/venue-applications', library)).body;
  expect((await mine.post(`/desk/venue-applications/${id}`, {})).status).toBe(401);
  const [waits] = (await desk.get('/desk/venue-applications')).body.applications;
  expect(waits).toMatchObject({ id, ...library, by: { name: '张*三' } });
  const granted = { outcome: 'granted', ...library, place };
  const made = await desk.post(`/desk/venue-applications/${id}`, granted);
  const { code } = made.body.place;
  expect(await posterSaid(at, code.text)).toBe('good');
  const renewed = await desk.post('/desk/places/renew', { place, replaces: code.id });
  poster = renewed.body.place.code.text;
  await at.publish();
  expect([await posterSaid(at, code.text), await posterSaid(at, poster)]).toEqual([
    ...['revoked', 'good'],
  ]);
});

it('a poster of another hand is no code of any place', async () => {
  expect(await posterFound(at, poster)).toMatchObject({ good: true, code: { place } });
  const middle = poster.length - 40;
  const other = poster[middle] === 'A' ? 'B' : 'A';
  const forged = poster.slice(0, middle) + other + poster.slice(middle + 1);
  expect(await posterFound(at, forged)).toEqual({ good: false, why: 'bad-signature' });
});

it('who was at a place is told to the desk, for a reason, and for 21 days', async () => {
  const now = at.clock.wall();
  const needs = { cipher: at.cipher, random: randomBytes, now };
  const person = await at.sql.transaction((tx) => takePerson(tx, someone(1, '王五'), needs));
  await at.sql.query(
    `insert into visits (id, venue_code, place, person, at, received)
     values ('v', 'ab', $1, $2, $3, $3)`,
    [place, person, toSeconds(now)],
  );
  const take = async (reason: string) => {
    const until = toSeconds(at.clock.wall());
    return desk.post('/desk/visits', { place, from: until - 20 * 86_400, until, reason });
  };
  expect((await take('')).status).toBe(400);
  expect((await take('流调')).body.csv).toContain('王五');
  at.clock.tick(21 * 86_400_000 + 1000);
  const log = { info() {}, warn() {}, error() {} };
  await lookAfter({ sql: at.sql, log, now: at.clock.wall, doubt: () => undefined });
  desk = await operator(at);
  expect((await take('流调')).body.visits).toBe(0);
  expect(await at.sql.query('select 1 from visits')).toEqual([]);
});
