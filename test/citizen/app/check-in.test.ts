import { decode } from 'cborg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromBase45 } from '../../../src/core/pass/base45.ts';
import { parseCoseSign1 } from '../../../src/core/pass/cose.ts';
import { venueFragment } from '../../../src/core/place/venue-code.ts';
import { visitLimits } from '../../../src/core/place/visit.ts';
import { epochMillis, epochSeconds, toSeconds } from '../../../src/core/units.ts';
import { published } from '../../support/authority/published.ts';
import { citizenWorld, type FakeService, until } from '../../support/citizen-world.ts';
import { type PosterOptions, poster } from '../../support/posters.ts';

const wall = Date.UTC(2026, 5, 1, 2);
const day = 86_400_000;
const offline = { code: 'offline' } as const;
const child = { id: 'c1', kind: 'child' as const, addedAt: 1, name: '李*花', number: '12…05' };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Over = NonNullable<Parameters<typeof citizenWorld>[0]>;

async function phone(over: Over = {}, change: Partial<FakeService> = {}) {
  const service: FakeService = over.service ?? {
    ...{ aheadMs: 0, refusals: {}, state: 'g', id: 'me', relatives: [child], slowMs: 0, asked: [] },
    ...{ visits: [], notYours: [], sent: [], ...(await published(toSeconds(epochMillis(wall)))) },
    ...change,
  };
  const world = await citizenWorld({ wall, ...over, service });
  await world.citizen.start();
  await world.settle();
  return world;
}
type World = Awaited<ReturnType<typeof phone>>;

const made = (options: PosterOptions = {}, at = wall - 3_600_000) =>
  poster(epochMillis(at), {
    ...options,
    over: { exp: epochSeconds(at / 1000 + 300 * 86_400), ...options.over },
  });

async function looked(world: World, text: string) {
  await world.citizen.visits.look(text);
  return world.visits().found;
}
const said = async (world: World, text: string) => {
  const found = await looked(world, text);
  return found?.isGood ? 'good' : found?.why;
};
const arrived = ({ service }: World) => service.visits.map(({ id }) => id);
/** What the stamp of a phone's own code is bound to. */
function stampAud(text = ''): unknown {
  const bytes = fromBase45(text.replace(/^KK2:/, ''));
  const [, stamp] = bytes ? (decode(bytes) as [Uint8Array, Uint8Array]) : [];
  return stamp && parseCoseSign1(Uint8Array.from(stamp))?.payload.get(3);
}
const kept = async ({ kept: store }: World) => (await store.list()).length;

describe('a poster that is scanned', () => {
  it('is told as genuine with its place, by what the phone keeps, without a network', async () => {
    const world = await phone();
    await until(async () => (await world.kept.trust.read()) !== undefined);
    world.service.refusal = offline;
    expect(await looked(world, await made())).toMatchObject({
      ...{ isGood: true, code: { name: '天津图书馆南门', place: 'demo-gate' } },
    });
    // the same after the phone was switched off
    const over = { wall, service: world.service, database: world.database };
    expect(await said((await citizenWorld(over)) as World, await made())).toBe('good');
    // and with a clock that was set back since it heard the server
    const setBack = await citizenWorld({ ...over, wall: wall - 3_600_000 });
    expect(await said(setBack as World, await made())).toBe('clock-untrusted');
  });

  it.each([
    ['forged by a key that signs no posters', { key: 'live' }, 'unknown-key'],
    ['of an issuer in no bundle', { over: { iss: 'XX' } }, 'unknown-issuer'],
    ['in the name of another issuer', { over: { iss: 'CN-HE' } }, 'bad-signature'],
    ['that has expired', { over: { exp: epochSeconds(wall / 1000) } }, 'expired'],
    ['taken out of use', { over: { index: 7 } }, 'revoked'],
    ['whose index is in no list', { over: { index: 90_000_000 } }, 'list-too-old'],
  ] as const)('%s is told apart, and nobody goes in by it', async (_, options, why) => {
    const world = await phone();
    expect(await said(world, await made(options))).toBe(why);
    await world.citizen.visits.enter();
    expect([await kept(world), world.code().bound]).toEqual([0, undefined]);
  });

  it('changed by one letter is forged, and its place is not named', async () => {
    const world = await phone();
    const text = await made();
    const at = text.length - 20;
    const bent = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    expect(await looked(world, bent)).toEqual({ isGood: false, why: 'bad-signature' });
  });

  it('valid from later on is early', async () => {
    const world = await phone();
    expect(await said(world, await made({}, wall + day))).toBe('not-yet-valid');
  });

  it('with a link that leads elsewhere is refused with the host’s name, and nothing is opened', async () => {
    const world = await phone();
    const text = await made({ host: 'code.examp1e.com' });
    expect(await looked(world, text)).toEqual({
      ...{
        isGood: false,
        why: 'other-host',
        otherHost: 'code.examp1e.com',
        name: '天津图书馆南门',
      },
    });
    expect(await looked(world, 'https://code.examp1e.com/v#abc')).toEqual({
      ...{ isGood: false, why: 'malformed', otherHost: 'code.examp1e.com' },
    });
    expect(await looked(world, 'https://pay.example/?to=me')).toEqual({
      ...{ isGood: false, why: 'not-a-poster', otherHost: 'pay.example' },
    });
    // a user name that looks like our host
    expect(await looked(world, 'https://code.example@evil.example/v#abc')).toMatchObject({
      ...{ isGood: false, otherHost: 'evil.example' },
    });
    expect(world.left).toEqual([]);
    await world.citizen.visits.enter();
    expect(await kept(world)).toBe(0);
  });

  it('of another scheme is good, and where its link leads is said', async () => {
    const world = await phone();
    const text = await made({ by: 'CN-HE', host: 'he.example', over: { region: 'CN-HE' } });
    expect(await looked(world, text)).toMatchObject({ isGood: true, otherHost: 'he.example' });
  });

  it('is judged by files an hour old at most where there is a network, and is not waited for where there is none', async () => {
    const world = await phone();
    await until(async () => (await world.kept.trust.read()) !== undefined);
    const keptAt = async () => (await world.kept.trust.read())?.at ?? 0;
    const first = await keptAt();
    await world.pass(61_000);
    expect([await said(world, await made()), await keptAt()]).toEqual(['good', first]);
    world.phone.tick(2 * 3_600_000);
    const now = epochMillis(world.serverNow());
    const fresh = await published(toSeconds(now));
    world.service.refusal = offline;
    expect([await said(world, await made()), await keptAt()]).toEqual(['good', first]);
    await world.pass(61_000);
    delete world.service.refusal;
    world.service.trust = fresh.trust;
    expect(await said(world, await made())).toBe('good');
    expect((await keptAt()) - first).toBeGreaterThan(2 * 3_600_000);
  });

  it('on a phone that has no trust files is not decided', async () => {
    const world = await phone({}, { trust: new Map() });
    expect(await said(world, await made())).toBe('trust-missing');
  });

  it('on a phone whose files are too old asks for newer ones first', async () => {
    const world = await phone();
    await until(async () => (await world.kept.trust.read()) !== undefined);
    world.phone.sleep(4 * day);
    world.service.aheadMs += 4 * day;
    await world.citizen.start();
    world.service.trust = new Map();
    await world.pass(61_000);
    expect(await said(world, await made())).toBe('trust-expired');
    const now = epochMillis(world.serverNow());
    world.service.trust = (await published(toSeconds(now))).trust;
    await world.pass(61_000);
    expect(await said(world, await made())).toBe('good');
  });
});

describe('going in', () => {
  it('keeps the visit, shows codes that are good there alone, and leaves again', async () => {
    const world = await phone();
    world.citizen.code.show();
    await looked(world, await made());
    world.citizen.visits.bring(['c1']);
    await world.citizen.visits.enter();
    expect(world.left.at(-1)).toBe('#code');
    expect(world.code().bound).toMatchObject({ aud: 'demo-gate', whose: ['', 'c1'] });
    await until(() => world.service.visits.length > 0);
    expect(world.service.visits).toMatchObject([
      { at: toSeconds(epochMillis(wall)), relatives: ['c1'] },
    ]);
    const auds = () =>
      world.service.sent
        .filter((one) => one.includes('/codes/live'))
        .map((one) => JSON.parse(one)[2].aud);
    await until(() => auds().at(-1) === 'demo-gate');
    expect(auds().at(-1)).toBe('demo-gate');
    world.citizen.code.leave();
    await world.settle();
    await until(() => auds().at(-1) === undefined);
    expect(auds().at(-1)).toBeUndefined();
    expect(world.code().bound).toBeUndefined();
  });

  it('is left by itself after an hour, and binds nobody who did not go in', async () => {
    const world = await phone();
    world.citizen.code.show();
    await looked(world, await made());
    await world.citizen.visits.enter();
    world.citizen.code.pick('c1');
    await world.settle();
    const last = () =>
      JSON.parse(world.service.sent.filter((one) => one.includes('/codes/live')).at(-1) ?? '');
    await until(() => last()[2].relative === 'c1');
    expect(last()[2]).toEqual({ relative: 'c1' });
    world.citizen.code.pick('');
    await world.settle();
    expect(last()[2]).toEqual({ aud: 'demo-gate' });
    world.phone.sleep(3_600_000);
    world.service.aheadMs += 3_600_000;
    await world.pass(16_000);
    expect(last()[2]).toEqual({});
    expect(world.code().bound).toBeUndefined();
  });

  it('without a network binds the stamp of the day’s credential', async () => {
    const world = await phone();
    world.citizen.code.show();
    await until(() => world.code().kept.length > 0);
    world.service.refusal = offline;
    await looked(world, await made());
    await world.citizen.visits.enter();
    await until(() => world.code().drawn?.kind === 'day');
    expect(stampAud(world.code().drawn?.text)).toBe('demo-gate');
    world.citizen.code.leave();
    await until(() => world.code().drawn !== undefined);
    expect(stampAud(world.code().drawn?.text)).toBeUndefined();
  });

  it('on a phone that cannot store is not gone in', async () => {
    const world = await phone({ isDiskFull: true });
    await looked(world, await made());
    await world.citizen.visits.enter();
    expect(world.visits()).toMatchObject({ isNotKept: true, entering: false });
    expect([world.code().bound, world.service.visits]).toEqual([undefined, []]);
  });

  it('tapped twice is one visit', async () => {
    const world = await phone();
    await looked(world, await made());
    await Promise.all([world.citizen.visits.enter(), world.citizen.visits.enter()]);
    await until(() => world.service.visits.length > 0);
    expect(arrived(world)).toHaveLength(1);
  });
});

describe('a visit without a network', () => {
  async function gone(over: Over = {}) {
    const world = await phone(over);
    world.citizen.code.show();
    await until(() => world.code().kept.length > 0);
    world.service.refusal = offline;
    await looked(world, await made());
    await world.citizen.visits.enter();
    return world;
  }

  it('waits over a restart, arrives once, and is deleted when it was answered', async () => {
    const world = await gone();
    expect(await kept(world)).toBe(1);
    const again = await phone({ service: world.service, database: world.database });
    expect(again.visits().waiting).toMatchObject([{ place: '天津图书馆南门' }]);
    expect(world.service.visits).toEqual([]);
    delete world.service.refusal;
    await again.citizen.start();
    await until(async () => (await kept(again)) === 0);
    expect(arrived(again)).toHaveLength(1);
    expect(again.visits().waiting).toEqual([]);
    await again.citizen.visits.send();
    expect(arrived(again)).toHaveLength(1);
  });

  it('whose answer is lost is sent again under the same id', async () => {
    const world = await gone();
    delete world.service.refusal;
    world.service.refusals['/visits'] = { code: 'odd' };
    await world.citizen.visits.send();
    expect(await kept(world)).toBe(1);
    world.service.refusals = {};
    await world.pass(31_000);
    await until(async () => (await kept(world)) === 0);
    expect(new Set(arrived(world)).size).toBe(1);
  });

  it('outlives signing out, and is sent for whoever made it and nobody else', async () => {
    const world = await gone();
    await world.citizen.session.signOut();
    delete world.service.refusal;
    world.service.id = 'somebody else';
    const other = await phone({ service: world.service, database: world.database });
    await other.settle();
    expect([other.service.visits, other.visits().waiting]).toEqual([[], []]);
    world.service.id = 'me';
    const mine = await phone({ service: world.service, database: world.database });
    await until(async () => (await kept(mine)) === 0);
    expect(arrived(mine)).toHaveLength(1);
  });

  it('with a relative who is none any longer arrives, and that nothing was written for them is said', async () => {
    const world = await phone();
    await looked(world, await made());
    world.citizen.visits.bring(['c1', 'nobody-of-mine']);
    world.service.notYours = ['nobody-of-mine'];
    await world.citizen.visits.enter();
    await until(async () => (await kept(world)) === 0);
    expect(world.visits().leftOut).toBe(1);
  });

  it('one that can never be taken holds up no other', async () => {
    const world = await phone();
    await world.kept.add(queued(1, { id: 'x'.repeat(22) }));
    await world.kept.add(queued(2));
    const ask = world.service;
    ask.refusals['/visits'] = { code: 'bad-shape' };
    void world.citizen.visits.send();
    await world.settle();
    await until(async () => (await kept(world)) === 0);
    expect(world.visits().refused.map(({ why }) => why)).toEqual(['other', 'other']);
  });

  it('older than the service takes it is deleted, whoever’s it was', async () => {
    const world = await phone();
    await world.kept.add(queued(1, { at: wall / 1000 - 23 * 86_400, owner: 'long gone' }));
    await world.kept.add(queued(2, { at: wall / 1000 - 22 * 86_400 + 10, owner: 'another' }));
    await world.citizen.visits.send();
    expect(await world.kept.list()).toMatchObject([{ owner: 'another' }]);
  });

  it('a thousand of them arrive, each once, fifty in a question', async () => {
    const world = await phone();
    for (let n = 0; n < 1000; n++) await world.kept.add(queued(n));
    await world.citizen.visits.send();
    expect([await kept(world), arrived(world).length, new Set(arrived(world)).size]).toEqual([
      ...[0, 1000, 1000],
    ]);
    expect(world.service.asked.filter((one) => one === 'POST /visits')).toHaveLength(
      1000 / visitLimits.batch,
    );
  });

  const queued = (n: number, over: object = {}) => ({
    ...{ id: `v${n}`, code: 'x', at: wall / 1000 - n, relatives: [], owner: 'me', place: 'P' },
    ...over,
  });
});

describe('the link on a poster', () => {
  it('opened before anybody is signed in is still there afterwards, and gone once it was looked at', async () => {
    const link = venueFragment(await made());
    const world = await phone({ link }, { refusals: { '/me': { code: 'sign-in-needed' } } });
    expect(world.visits()).toMatchObject({ hasLink: true, found: undefined });
    world.service.refusals = {};
    const signedIn = await phone({ service: world.service, database: world.database });
    expect(signedIn.visits().found).toMatchObject({ isGood: true });
    expect(signedIn.left).toContain('#checkin');
    expect(await signedIn.kept.readLink()).toBeUndefined();
    const later = await phone({ service: world.service, database: world.database });
    expect(later.visits().found).toBeUndefined();
    // nothing of it was ever asked of anybody
    expect(world.service.sent.filter((one) => one.includes(link))).toEqual([]);
  });

  it('is sent nowhere but with the visit that was confirmed', async () => {
    const link = venueFragment(await made());
    const world = await phone({ link });
    expect(world.visits().found).toMatchObject({ isGood: true });
    await world.citizen.visits.enter();
    await until(() => world.service.visits.length > 0);
    const holding = world.service.sent.filter((one) => one.includes(link));
    expect(holding.map((one) => JSON.parse(one).slice(0, 2))).toEqual([
      ['POST', '/authority/api/visits'],
    ]);
  });

  it('is forgotten by signing out, and after an hour', async () => {
    const link = venueFragment(await made());
    const world = await phone({ link }, { refusals: { '/me': { code: 'sign-in-needed' } } });
    await world.citizen.session.signOut();
    expect(await world.kept.readLink()).toBeUndefined();
    const other = await phone({ link }, { refusals: { '/me': { code: 'sign-in-needed' } } });
    other.service.refusals = {};
    const late = await phone({
      ...{ service: other.service, database: other.database, wall: wall + 3_600_000 },
    });
    expect(late.visits().found).toBeUndefined();
    expect(await late.kept.readLink()).toBeUndefined();
  });

  it('that an app has cut is said so', async () => {
    const world = await phone({ link: '' });
    expect(world.visits().found).toEqual({ isGood: false, why: 'cut' });
  });
});
