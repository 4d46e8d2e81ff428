import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFacts } from '../../../src/authority/facts/import-facts.ts';
import { toBase64url } from '../../../src/core/base64url.ts';
import { venueFragment } from '../../../src/core/place/venue-code.ts';
import { visitLimits } from '../../../src/core/place/visit.ts';
import { epochMillis, epochSeconds, toSeconds } from '../../../src/core/units.ts';
import { testChildren, testPersons } from '../../../src/demo/test-persons.ts';
import { factsFile, testSource } from '../../support/authority/people.ts';
import {
  Browser,
  citizen,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';
import { randomBytes } from '../../support/passes.ts';
import { type PosterOptions, poster } from '../../support/posters.ts';

let at: TestAuthority;
let zhang: Browser;
let li: Browser;
beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
  [zhang, li] = [await citizen(at, 'zhang'), await citizen(at, 'li')];
});
afterAll(() => at.close());

const now = () => toSeconds(at.clock.wall());
const id = () => toBase64url(randomBytes(16));
const code = async (options: PosterOptions = {}, fromMs = -30 * 86_400_000) => {
  const since = epochMillis(at.clock.wall() + fromMs);
  const over = { exp: epochSeconds(toSeconds(since) + 300 * 86_400), ...options.over };
  return venueFragment(await poster(since, { ...options, over }));
};
const visit = async (over: object = {}) => ({
  ...{ id: id(), code: await code(), at: now() - 60, relatives: [] },
  ...over,
});
const send = async (by: Browser, ...visits: object[]) => {
  const { status, body } = await by.post('/api/visits', { visits });
  expect(status).toBe(200);
  return body.visits as { id: string; outcome: string; why?: string; notYours?: string[] }[];
};
const rows = (of: string) =>
  at.sql.query('select * from visits where id = $1 or id like $2', [of, `${of}.%`]);
const whoIs = async (by: Browser) => (await by.get('/api/me')).body.id as string;

describe('a visit', () => {
  it('is kept with the place of the signed code, once however often it is sent, and shown to its person', async () => {
    const one = await visit();
    expect(await send(zhang, one)).toEqual([{ id: one.id, outcome: 'stored' }]);
    expect(await send(zhang, one, one)).toMatchObject([
      { outcome: 'duplicate' },
      { outcome: 'duplicate' },
    ]);
    const [row, ...more] = await rows(one.id);
    expect(more).toEqual([]);
    expect(row).toEqual({
      ...{ id: one.id, place: 'demo-gate', place_name: '天津图书馆南门' },
      ...{ at: one.at, received: now(), with_count: 0 },
      ...{ venue_code: expect.stringMatching(/^[0-9a-f]{32}$/), person: await whoIs(zhang) },
    });
    const { body } = await zhang.get('/api/visits');
    expect(body).toMatchObject({ visits: [{ id: one.id, place: '天津图书馆南门', with: 0 }] });
    expect((await li.get('/api/visits')).body.visits).toEqual([]);
  }, 60_000);

  it('replayed by somebody else, or with other content, is neither theirs nor changed', async () => {
    const one = await visit();
    await send(zhang, one);
    expect(await send(li, one)).toMatchObject([{ outcome: 'refused', why: 'taken' }]);
    const other = { ...one, at: one.at - 1 };
    expect(await send(zhang, other)).toMatchObject([{ outcome: 'refused', why: 'taken' }]);
    expect(await rows(one.id)).toMatchObject([{ at: one.at, person: await whoIs(zhang) }]);
  });

  it('ahead of the clock or older than 21 days is refused, at the second', async () => {
    const when = async (at: number) => (await send(zhang, await visit({ at })))[0];
    expect(await when(now() + visitLimits.aheadS)).toMatchObject({ outcome: 'stored' });
    expect(await when(now() + visitLimits.aheadS + 1)).toMatchObject({ why: 'from-the-future' });
    expect(await when(now() - visitLimits.keptS)).toMatchObject({ outcome: 'stored' });
    expect(await when(now() - visitLimits.keptS - 1)).toMatchObject({ why: 'too-old' });
    expect(await when(Number.MAX_SAFE_INTEGER)).toMatchObject({ why: 'from-the-future' });
  });

  it.each([
    ['signed by a key that signs no posters', { key: 'live' }],
    ['in another issuer’s name', { over: { iss: 'CN-HE' } }],
    ['of an issuer nobody knows', { over: { iss: 'XX' } }],
  ] as const)('with a code %s is refused, and no other with it', async (_, options) => {
    const good = await visit();
    const bad = await visit({ code: await code(options) });
    expect(await send(zhang, bad, good)).toMatchObject([
      { outcome: 'refused', why: 'bad-code' },
      { id: good.id, outcome: 'stored' },
    ]);
    expect(await rows(bad.id)).toEqual([]);
  });

  it('at a time at which its code was not good is refused, one of a code that ended since is not', async () => {
    const early = await visit({ code: await code({}, 0), at: now() - 60 });
    expect(await send(zhang, early)).toMatchObject([{ why: 'not-valid-then' }]);
    const ends = epochSeconds(now() - 3600);
    const over = await code({ over: { exp: ends } });
    expect(await send(zhang, await visit({ code: over, at: ends }))).toMatchObject([
      { why: 'not-valid-then' },
    ]);
    expect(await send(zhang, await visit({ code: over, at: ends - 1 }))).toMatchObject([
      { outcome: 'stored' },
    ]);
  });

  it.each([
    { id: 'short' },
    { id: 5 },
    { code: 'x'.repeat(2049) },
    { at: '1' },
    { at: 1.5 },
    { at: -1 },
    { relatives: ['a', 'b', 'c', 'd'] },
    { place: 'x' },
  ])('of another shape is no question: %j', async (over) => {
    const { status, body } = await zhang.post('/api/visits', { visits: [await visit(over)] });
    expect([status, body.code]).toEqual([400, 'bad-shape']);
  });

  it('needs somebody who is signed in, on our own page', async () => {
    const visits = [await visit()];
    expect((await new Browser(at).post('/api/visits', { visits })).status).toBe(401);
    const across = await zhang.ask(
      'POST',
      '/api/visits',
      { visits },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect([across.status, across.body.code]).toEqual([403, 'cross-site']);
  });
});

describe('relatives who come along', () => {
  it('have visits of their own, and whoever is no relative has none', async () => {
    const [child = person('zhang'), guardian] = [testChildren[0], person('zhang')];
    const source = await testSource(at.sql, 'register', ['guardian']);
    const told = {
      ...{ id: 'g1', kind: 'guardian', type: child.type, number: child.number, at: now() },
      ...{ guardianType: 'resident-id', guardianNumber: guardian.number },
    };
    const facts = await factsFile(source, 'household', [told], { iat: now() });
    const { sql, cipher } = at;
    await importFacts(facts, { sql, cipher, now: at.clock.wall(), by: 'command-line' });
    const added = await zhang.post('/api/relatives', {
      child: { type: child.type, number: child.number, name: child.name },
    });
    expect(added.status).toBe(201);
    const stranger = await whoIs(li);
    const one = await visit({ relatives: [added.body.id, stranger, added.body.id] });
    expect(await send(zhang, one)).toEqual([
      { id: one.id, outcome: 'stored', notYours: [stranger] },
    ]);
    expect(await send(zhang, one)).toMatchObject([{ outcome: 'duplicate' }]);
    const kept = await rows(one.id);
    expect(kept).toHaveLength(2);
    expect(kept).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: one.id, person: await whoIs(zhang), with_count: 1 }),
        expect.objectContaining({ person: added.body.id, with_count: 0, place: 'demo-gate' }),
      ]),
    );
    expect((await li.get('/api/visits')).body.visits).toEqual([]);
  });
});

describe('the trust files of a phone', () => {
  it('are what is published, for everybody, asked for again by their validator', async () => {
    const phone = new Browser(at);
    const bundle = await phone.get('/trust/bundle');
    expect(bundle.status).toBe(200);
    const etag = bundle.headers.get('etag') ?? '';
    const again = await phone.ask('GET', '/trust/bundle', undefined, { 'if-none-match': etag });
    expect(again.status).toBe(304);
    const pin = at.seat.issuer()?.list;
    const list = await phone.get(`/trust/lists/CN-TJ/${pin?.day}`);
    expect([list.status, list.headers.get('content-type')]).toEqual([200, 'application/jwt']);
    for (const path of [
      '/trust/root/0',
      '/trust/root/99',
      '/trust/lists/CN-TJ/..',
      '/trust/deltas/..%2F',
    ]) {
      expect([path, (await phone.get(path)).status]).toEqual([path, 404]);
    }
  });
});

describe('the link on a poster', () => {
  it('leads to the citizen’s page and asks for nothing by it', async () => {
    const answer = await at.app.request('https://code.example/v');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/citizen/?v']);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

function person(of: string) {
  const found = testPersons.find((one) => one.id === of);
  if (!found) throw new Error(`nobody is ${of}`);
  return found;
}
