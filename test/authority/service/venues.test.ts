import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signerOf } from '../../../src/authority/keys.ts';
import { lookAfter } from '../../../src/authority/upkeep.ts';
import { parseVenueCode } from '../../../src/core/place/venue-code.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { verifyActs } from '../../../src/node/store/act-log.ts';
import { posterFound, posterSaid } from '../../support/authority/scanner.ts';
import {
  Browser,
  citizen,
  operator,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';

let at: TestAuthority;
let desk: Browser;
let admin: Browser;
let nudged = 0;
const day = 86_400;
const library = { name: '天津图书馆南门', venue: 'other', district: '120103' } as const;

beforeAll(async () => {
  at = await testAuthority({ nudge: () => void nudged++ });
  await at.publish();
  [desk, admin] = [await operator(at), await operator(at, 'admin')];
});
afterAll(() => at.close());

const waiting = async () => (await desk.get('/desk/venue-applications')).body.applications;
const find = async (text = '', more: object = {}) =>
  (await desk.post('/desk/places', { text, ...more })).body.places;
const lastAct = async () => (await admin.get('/desk/acts')).body.acts[0];
const grant = (id: string, over: object = {}) =>
  desk.post(`/desk/venue-applications/${id}`, {
    ...{ outcome: 'granted', ...library, place: 'library-south', ...over },
  });
const ask = async (over: object = {}): Promise<string> =>
  (await desk.post('/desk/venue-applications', { ...library, ...over })).body.id;
/** A place with a code, whoever asked for it. */
async function granted(place: string, over: object = {}) {
  const made = await grant(await ask(), { place, ...over });
  expect(made.status).toBe(200);
  return made.body.place;
}

describe('a citizen who asks for a venue code', () => {
  it('is told that it waits, why it was refused, and sees the code when it is granted', async () => {
    const mine = await citizen(at, 'zhang');
    const first = await mine.post('/api/venue-applications', {
      ...library,
      place: 'library-south',
    });
    expect(first.status).toBe(201);
    const again = await mine.post('/api/venue-applications', library);
    expect(again.body.code).toBe('application-open');
    const second = await mine.post('/api/venue-applications', { ...library, name: '图书馆北门' });
    const wait = await waiting();
    expect(wait).toMatchObject([
      { id: first.body.id, ...library, place: 'library-south', by: { name: '张*三' } },
      { id: second.body.id, name: '图书馆北门' },
    ]);
    expect(wait[0]).not.toHaveProperty('taken');

    const made = await grant(first.body.id);
    expect(made.body.place).toMatchObject({ place: 'library-south', region: 'CN-TJ' });
    const reason = '请提供场所负责人的证明';
    const refusal = { outcome: 'refused', reason };
    await desk.post(`/desk/venue-applications/${second.body.id}`, refusal);
    expect(await lastAct()).toMatchObject({
      ...{ act: 'venue-refused', by: { name: 'desk of the test' } },
      facts: { application: second.body.id, reason },
    });
    const { applications } = (await mine.get('/api/venue-applications')).body;
    const byName = (name: string) =>
      applications.find((one: { name: string }) => one.name === name);
    expect(byName('图书馆北门')).toMatchObject({ state: 'refused', reason });
    const own = byName(library.name);
    expect(own).toMatchObject({ state: 'granted', code: { state: 'valid' } });
    const found = await posterFound(at, own.code.text);
    expect(found).toMatchObject({
      ...{ good: true, host: 'code.example' },
      code: { ...library, place: 'library-south', region: 'CN-TJ', iss: 'CN-TJ' },
    });
    expect(await waiting()).toEqual([]);
    const decided = await desk.post(`/desk/venue-applications/${second.body.id}`, refusal);
    expect(decided.body.code).toBe('application-unknown');
  });

  it('has the poster’s facts as the desk has granted them, alone, and only as long as the code is good', async () => {
    const mine = await citizen(at, 'zhang');
    const asked = await mine.post('/api/venue-applications', { ...library, name: '书店' });
    const named = { place: 'shop', name: '河西书店', hotline: '022-1234567' };
    const { code } = (await grant(asked.body.id, named)).body.place;
    const own = async (who: typeof mine) =>
      (await who.get('/api/venue-applications')).body.applications.find(
        ({ id }: { id: string }) => id === asked.body.id,
      );
    expect((await own(mine)).code).toEqual({
      ...{ state: 'valid', exp: code.exp, text: code.text, place: named },
    });
    expect(await own(await citizen(at, 'li'))).toBeUndefined();
    expect((await new Browser(at).get('/api/venue-applications')).status).toBe(401);
    const revoked = { place: 'shop', code: code.id, reason: '海报被人换过' };
    expect((await desk.post('/desk/places/revoke', revoked)).status).toBe(200);
    expect((await own(mine)).code).toEqual({ state: 'revoked', exp: code.exp });
    const later = await mine.post('/api/venue-applications', { ...library, name: '茶馆' });
    const tea = (await grant(later.body.id, { place: 'tea', days: 1 })).body.place.code;
    at.clock.tick(86_400_000 + 1000);
    const again = await citizen(at, 'zhang');
    const { applications } = (await again.get('/api/venue-applications')).body;
    expect(applications.find(({ id }: { id: string }) => id === later.body.id).code).toEqual({
      ...{ state: 'expired', exp: tea.exp },
    });
    at.clock.tick(-86_400_000 - 1000);
  });

  it('has the new poster when the desk renews the code, and not one that somebody else was granted', async () => {
    const mine = await citizen(at, 'zhang');
    const asked = await mine.post('/api/venue-applications', { ...library, name: '药店' });
    const own = async () =>
      (await mine.get('/api/venue-applications')).body.applications.find(
        ({ id }: { id: string }) => id === asked.body.id,
      ).code;
    let { code } = (await grant(asked.body.id, { place: 'pharmacy' })).body.place;
    for (const time of ['once', 'twice']) {
      const renewal = { place: 'pharmacy', replaces: code.id };
      code = (await desk.post('/desk/places/renew', renewal)).body.place.code;
      expect(await own(), time).toMatchObject({ state: 'valid', text: code.text });
    }
    const others = await ask({ name: '药店' });
    const { code: next } = (await grant(others, { place: 'pharmacy', replaces: code.id })).body
      .place;
    expect(await own()).toEqual({ state: 'revoked', exp: code.exp });
    const renewal = { place: 'pharmacy', replaces: next.id };
    expect((await desk.post('/desk/places/renew', renewal)).status).toBe(201);
    expect(await own()).toEqual({ state: 'revoked', exp: code.exp });
  });

  it('has no poster of a code that was made after theirs was revoked for a reason', async () => {
    const mine = await citizen(at, 'zhang');
    const asked = await mine.post('/api/venue-applications', { ...library, name: '旅馆' });
    const { code } = (await grant(asked.body.id, { place: 'inn' })).body.place;
    const revoked = { place: 'inn', code: code.id, reason: '冒用他人场所' };
    expect((await desk.post('/desk/places/revoke', revoked)).status).toBe(200);
    expect((await desk.post('/desk/places/renew', { place: 'inn' })).status).toBe(201);
    const { applications } = (await mine.get('/api/venue-applications')).body;
    expect(applications.find(({ id }: { id: string }) => id === asked.body.id).code).toEqual({
      ...{ state: 'revoked', exp: code.exp },
    });
  });

  it('learns nothing of the places there are: neither by asking for one, nor by the desk’s addresses', async () => {
    await granted('known-place');
    const curious = await citizen(at, 'li');
    const probe = async (place: string) => {
      const name = `问${place}`;
      const came = await curious.post('/api/venue-applications', { ...library, name, place });
      const { applications } = (await curious.get('/api/venue-applications')).body;
      const {
        id: _,
        at: __,
        ...own
      } = applications.find((one: { name: string }) => one.name === name);
      return {
        status: came.status,
        keys: Object.keys(came.body),
        own: { ...own, name, place: '' },
      };
    };
    const { own: here, ...known } = await probe('known-place');
    const { own: nowhere, ...unknown } = await probe('no-such-place');
    expect(known).toEqual(unknown);
    expect({ ...here, name: '' }).toEqual({ ...nowhere, name: '' });
    expect((await curious.post('/desk/places', { text: '' })).status).toBe(401);
    expect((await curious.get('/desk/venue-applications')).status).toBe(401);
    const others = (await (await citizen(at, 'wang')).get('/api/venue-applications')).body;
    expect(others.applications).toEqual([]);
  });

  it('may ask ten times a day, good or not', async () => {
    const busy = await citizen(at, 'macao');
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) {
      const name = `门${n}`;
      statuses.push((await busy.post('/api/venue-applications', { ...library, name })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(201), 429]);
  });

  it.each<[string, object]>([
    ['a name nobody sees the whole of', { name: '图书\u202e馆' }],
    ['a name of two lines', { name: '图书馆\n南门' }],
    ['a name of 66 bytes', { name: '图'.repeat(22) }],
    ['no name', { name: '  ' }],
    ['a kind of place that is none', { venue: 'spaceport' }],
    ['a district by its name', { district: '河西区' }],
    ['an id with a space', { place: 'a b' }],
    ['a hotline that is a link', { hotline: 'https://x.example' }],
    ['a member nobody asked for', { state: 'granted' }],
  ])('is refused with %s', async (_, over) => {
    const one = await citizen(at, 'passport');
    const came = await one.post('/api/venue-applications', { ...library, ...over });
    expect(came.body.code).toBe('bad-shape');
  });
});

describe('one good code a place', () => {
  it('a second application for it is told to the desk, and replaces nothing unless that is said', async () => {
    const { code } = await granted('mall', { name: '滨江商厦' });
    const id = await ask({ place: 'mall', name: '骗子商厦' });
    expect((await waiting()).find((one: { id: string }) => one.id === id)).toMatchObject({
      taken: { name: '滨江商厦', code: code.id, exp: code.exp },
    });
    expect((await grant(id, { place: 'mall', name: '骗子商厦' })).body.code).toBe('place-taken');
    expect(await find('骗子')).toEqual([]); // nothing of it was written
    const of = 'f'.repeat(32);
    expect((await grant(id, { place: 'mall', replaces: of })).body.code).toBe('place-taken');
    expect(await posterSaid(at, code.text)).toBe('good');
    const made = await grant(id, { place: 'mall', replaces: code.id });
    expect(made.status).toBe(200);
    await at.publish();
    expect(await posterSaid(at, code.text)).toBe('revoked');
    expect(await posterSaid(at, made.body.place.code.text)).toBe('good');
  });

  it('renewing: the old one is revoked through the published list, the new one is good', async () => {
    const { code: old } = await granted('station');
    const came = await desk.post('/desk/places/renew', { place: 'station', replaces: old.id });
    expect(came.status).toBe(201);
    const { code } = came.body.place;
    expect(await lastAct()).toMatchObject({
      ...{ act: 'venue-renewed', facts: { place: 'station', code: code.id, before: old.id } },
    });
    expect(await posterSaid(at, old.text)).toBe('good'); // no list was published since
    await at.publish();
    expect(await posterSaid(at, old.text)).toBe('revoked');
    expect(await posterSaid(at, code.text)).toBe('good');
  });

  it('renewing twice at once makes one, and of ten too', async () => {
    const { code } = await granted('school');
    const renewal = { place: 'school', replaces: code.id };
    const came = await Promise.all(
      Array.from({ length: 10 }, () => desk.post('/desk/places/renew', renewal)),
    );
    expect(came.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    const rows = await at.sql.query(
      `select id from venue_codes where place = 'school' and revoked_at is null`,
    );
    expect(rows).toHaveLength(1);
  });

  it('revoking takes a reason, is urgent, is once, and leaves none until another is made', async () => {
    const { code } = await granted('clinic');
    const of = { place: 'clinic', code: code.id };
    const bare = await desk.post('/desk/places/revoke', { ...of, reason: ' ' });
    expect(bare.body.code).toBe('bad-shape');
    const before = nudged;
    const reason = '海报被人撕走';
    expect((await desk.post('/desk/places/revoke', { ...of, reason })).status).toBe(200);
    expect(nudged).toBe(before + 1);
    expect(await lastAct()).toMatchObject({ act: 'venue-revoked', facts: { ...of, reason } });
    expect((await desk.post('/desk/places/revoke', { ...of, reason })).body.code).toBe(
      'place-unknown',
    );
    at.clock.tick(21_000);
    await lookAfter(await upkeepNeeds());
    expect(await posterSaid(at, code.text)).toBe('revoked');
    expect(await find('clinic')).toMatchObject([{ code: { id: code.id, reason } }]);
    expect((await desk.post('/desk/places/renew', { place: 'clinic' })).status).toBe(201);
  });

  it('the end of one that is over does not touch the number another code has by now', async () => {
    const { code } = await granted('short', { days: 1 });
    const [own] = await at.sql.query<{ idx: number }>('select idx from venue_codes where id = $1', [
      code.id,
    ]);
    at.clock.tick(25 * 3_600_000);
    [desk, admin] = [await operator(at), await operator(at, 'admin')];
    const exp = toSeconds(at.clock.wall()) + day;
    await at.sql.query(`update status_indices set kind = 'live', expires_at = $2 where idx = $1`, [
      ...[own?.idx, exp],
    ]);
    expect((await desk.post('/desk/places/renew', { place: 'short' })).status).toBe(201);
    const [row] = await at.sql.query('select revoked_at from status_indices where idx = $1', [
      own?.idx,
    ]);
    expect(row).toEqual({ revoked_at: null });
    await at.publish();
    expect(await posterSaid(at, code.text)).toBe('expired');
  });
});

describe('how long a code lives', () => {
  it('is a year unless said, never over 400 days, and never longer than the key that signed it', async () => {
    const { code } = await granted('year');
    const key = at.seat.issuer()?.keys.find(({ typs }) => typs.includes('kv'));
    const now = toSeconds(at.clock.wall());
    expect(code.exp).toBe(Math.min(now + 365 * day, key?.exp ?? 0));
    expect((await grant(await ask(), { place: 'x', days: 401 })).body.code).toBe('bad-shape');
    expect((await grant(await ask(), { place: 'x', days: 0 })).body.code).toBe('bad-shape');
    const long = await granted('longest', { days: 400 });
    expect(long.code.exp).toBeLessThanOrEqual(Math.min(now + 400 * day, key?.exp ?? 0));
    expect(parseVenueCode(long.code.text)?.code.exp).toBe(long.code.exp);
  });

  it('those that run out soon are found, these first; the others are not among them', async () => {
    await granted('soon-20', { days: 20, name: '二十天后到期' });
    await granted('soon-10', { days: 10, name: '十天后到期' });
    const soon = await find('后到期', { soon: true });
    expect(soon.map(({ place }: { place: string }) => place)).toEqual(['soon-10', 'soon-20']);
    expect(await find('year', { soon: true })).toEqual([]);
    expect(await find('YEAR')).toHaveLength(1);
    expect(await find('%')).toEqual([]); // a sign of the database’s own stands for itself
  });
});

describe('a poster that this service did not make for this scheme', () => {
  it('is one of another issuer’s desk: nobody here takes it for its own', async () => {
    const hebei = await testAuthority({ issuer: 'CN-HE', clock: at.clock });
    await hebei.publish();
    const other = await operator(hebei);
    const { id } = (await other.post('/desk/venue-applications', library)).body;
    const made = await other.post(`/desk/venue-applications/${id}`, {
      ...{ outcome: 'granted', ...library, place: 'library-south' },
    });
    const { text } = made.body.place.code;
    await hebei.close();
    // genuine, and of Hebei: a scanner says so, by the name of its issuer
    expect(await posterFound(at, text)).toMatchObject({ good: true, code: { iss: 'CN-HE' } });
    const found = await find('library-south');
    expect(found.map(({ code }: { code: { text: string } }) => code.text)).not.toContain(text);
    const parsed = parseVenueCode(text);
    const revocation = { place: 'library-south', code: 'a'.repeat(32), reason: '仿冒' };
    expect(parsed?.code.iss).toBe('CN-HE');
    expect((await desk.post('/desk/places/revoke', revocation)).body.code).toBe('place-unknown');
  });
});

describe('who may not', () => {
  const posts = ['/desk/venue-applications', '/desk/places', '/desk/places/renew'];
  it.each([...posts, '/desk/places/revoke', '/desk/visits', '/desk/venue-applications/x'])(
    'an auditor may not ask %s, nor may nobody',
    async (path) => {
      const auditor = await operator(at, 'auditor');
      expect((await auditor.post(path, {})).body.code).toBe('not-allowed');
      const nobody = await citizen(at, 'li');
      expect((await nobody.post(path, {})).body.code).toBe('sign-in-needed');
    },
  );

  it('and another site’s page may not ask for anybody', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const came = await desk.ask('POST', '/desk/places/renew', { place: 'mall' }, headers);
    expect(came.body.code).toBe('cross-site');
    const mine = await citizen(at, 'li');
    const asks = await mine.ask('POST', '/api/venue-applications', library, headers);
    expect(asks.body.code).toBe('cross-site');
  });

  it('an auditor reads what was done, and the log of it is whole', async () => {
    const auditor = await operator(at, 'auditor');
    const { acts } = (await auditor.get('/desk/acts')).body;
    const names = new Set(acts.map(({ act }: { act: string }) => act));
    for (const act of ['venue-asked', 'venue-granted', 'venue-renewed'])
      expect(names).toContain(act);
    expect((await verifyActs(at.sql)).brokenAt).toBeUndefined();
  });
});

async function upkeepNeeds() {
  const log = { info() {}, warn() {}, error() {} };
  const { sql, seat, folder } = at;
  const bundleSigners = await Promise.all(demoKeys().bundle.map(signerOf));
  const publishing = { sql, seat, folder, bundleSigners };
  return { sql: at.sql, log, now: at.clock.wall, doubt: () => undefined, publishing };
}
