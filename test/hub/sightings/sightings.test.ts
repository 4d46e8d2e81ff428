import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryBody } from '../../../src/core/log/entry.ts';
import { sightingKey } from '../../../src/core/sightings/key.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { createHub } from '../../../src/hub/app.ts';
import { revokeDevice } from '../../../src/hub/store/devices.ts';
import { forgetSightings } from '../../../src/hub/store/places/sightings.ts';
import { chainedLog } from '../../support/chained-log.ts';
import { databases } from '../../support/databases.ts';
import { someScan, testKey } from '../../support/log-entries.ts';
import {
  claim,
  listen,
  moveTo,
  phoneAt,
  type SitePhone,
  sightingReader,
  tokenOf,
} from '../../support/site.ts';
import { batchOf, post, type TestHub, testHub } from '../../support/test-hub.ts';

const idOf = (name: string) => name.replaceAll(' ', '').padEnd(16, 'A');
const scan = (name: string, change: object = {}) =>
  ({ ...someScan, jti: idOf(name), ...change }) as EntryBody;
const keyOf = (name: string) => sightingKey('CN-TJ', idOf(name));

describe.each(databases)('gates of one site on $name', ({ open }) => {
  let hub: TestHub;
  let east: SitePhone;
  let west: SitePhone;
  let far: SitePhone;
  beforeAll(async () => {
    hub = await testHub(await open(), { sightings: { times: { tickMs: 20, standingMs: 20 } } });
    [east, west] = [await phoneAt(hub, 'east', 'garden'), await phoneAt(hub, 'west', 'garden')];
    far = await phoneAt(hub, 'far', 'mall');
  });
  afterAll(() => hub.sql.close());

  /** What a phone of `who` lets in, uploaded as it would be, `agoS` seconds after. */
  async function letIn(who: SitePhone, bodies: readonly EntryBody[], agoS = 0) {
    const from = hub.clock.wall() - agoS * 1000;
    const [head] = await hub.sql.query<{ seq: number; hash: string }>(
      'select seq, hash from device_heads where device = $1',
      [who.id],
    );
    const log = await chainedLog(bodies, {
      ...{ device: who.id, from, gate: who.gate },
      ...{ stepMs: 1, ...(head && { head: { seq: Number(head.seq), hash: head.hash } }) },
    });
    return (await (await post(hub, '/v1/scans', await batchOf(who, log))).json()) as {
      readonly twice?: unknown[];
    };
  }

  it('hear of a code let in at another, as its key, gate and time, and not of their own', async () => {
    const [a, b] = [await listen(hub, east), await listen(hub, west)];
    expect([await a.untilReady(), await b.untilReady()]).toEqual([[], []]);
    await letIn(east, [scan('first')]);
    const at = hub.clock.wall();
    expect(await b.next()).toMatchObject({ key: await keyOf('first'), gate: 'east', at });
    await letIn(west, [scan('second')]);
    expect(await a.next()).toMatchObject({ key: await keyOf('second'), gate: 'west' });
    await a.cancel();
    await b.cancel();
  });

  it('hear of those alone that went in: a word of the guard counts, a red code does not, nor who goes out', async () => {
    const before = await listen(hub, west);
    await before.untilReady();
    await letIn(east, [
      scan('red', { state: 'stop', reason: 'colour-stop' }),
      scan('waits', { state: 'check', reason: 'notice' }),
      scan('leaves', { dir: 'out' }),
      scan('shown', { state: 'check', reason: 'notice' }),
    ]);
    const [{ seq = 0 } = {}] = await hub.sql.query<{ seq: number }>(
      'select max(seq) as seq from scans where device = $1',
      [east.id],
    );
    const word = { type: 'decision', ref: Number(seq), state: 'check', reason: 'notice' };
    await letIn(east, [{ ...word, outcome: 'admitted', by: 'guard' } as EntryBody]);
    expect(await before.next()).toMatchObject({ key: await keyOf('shown') });
    await before.cancel();
  });

  it('go on after a cut where they were, with no hole and nothing twice', async () => {
    const first = await listen(hub, west);
    await first.untilReady();
    await letIn(east, [scan('cut1'), scan('cut2')]);
    const heard = [await first.next(), await first.next()];
    await first.cancel();
    await letIn(east, [scan('cut3')]);
    await claim(hub, east, await keyOf('cut4'));
    const last = typeof heard[1] === 'object' ? heard[1].id : '';
    const again = await listen(hub, west, { last });
    const keys = (await again.untilReady()).map(({ key }) => key);
    expect(keys).toEqual([await keyOf('cut3'), await keyOf('cut4')]);
    await again.cancel();
    // a number of another database, or of before a backup: everything of the window
    const whole = await listen(hub, west, { last: '999999999999999' });
    expect((await whole.untilReady()).length).toBeGreaterThanOrEqual(6);
    await whole.cancel();
  });

  it('hear nothing from before their window, nor of a day ago', async () => {
    await letIn(east, [scan('long ago')], 400);
    const short = await listen(hub, west);
    const keys = (await short.untilReady()).map(({ key }) => key);
    expect(keys).not.toContain(await keyOf('long ago'));
    const long = await listen(hub, west, { windowS: 600 });
    expect((await long.untilReady()).map(({ key }) => key)).toContain(await keyOf('long ago'));
    await letIn(east, [scan('yesterday')], 90_000);
    const day = await listen(hub, west, { windowS: 86_400 });
    expect((await day.untilReady()).map(({ key }) => key)).not.toContain(await keyOf('yesterday'));
    for (const stream of [short, long, day]) await stream.cancel();
  });

  it('of another site hear nothing, whatever goes on', async () => {
    const stranger = await listen(hub, far);
    expect(await stranger.untilReady()).toEqual([]);
    await letIn(east, [scan('private')]);
    await letIn(far, [scan('their own')]);
    const next = stranger.next();
    const outcome = await Promise.race([next, new Promise((r) => setTimeout(r, 300, 'silence'))]);
    expect(outcome).toBe('silence');
    await stranger.cancel();
  });

  it('of two claims at once exactly one is first; the other is told where and when', async () => {
    const pair = async (i: number) => {
      const key = await keyOf(`pair${i}`);
      return Promise.all([claim(hub, east, key), claim(hub, west, key)]);
    };
    const answers: Awaited<ReturnType<typeof pair>>[] = [];
    for (let i = 0; i < 50; i += 5)
      answers.push(...(await Promise.all([0, 1, 2, 3, 4].map((j) => pair(i + j)))));
    for (const [a, b] of answers) {
      expect([a.status, b.status]).toEqual([200, 200]);
      expect([a.body['first'], b.body['first']].filter(Boolean)).toHaveLength(1);
      const [loser, winner] = a.body['first'] ? [b, 'east'] : [a, 'west'];
      expect(loser.body).toEqual({ first: false, gate: winner, at: hub.clock.wall() });
    }
    // asked again, the first one is still the first: its answer may have been lost
    const key = await keyOf('pair0');
    const holder = answers[0]?.[0].body['first'] ? east : west;
    expect((await claim(hub, holder, key)).body).toEqual({ first: true });
    expect((await claim(hub, far, key)).body).toEqual({ first: true });
  });

  it('a claim is over with the window, by the hub’s clock alone', async () => {
    const key = await keyOf('window');
    expect((await claim(hub, east, key, { iat: at(-30) })).body).toEqual({ first: true });
    hub.clock.tick(299_000);
    expect((await claim(hub, west, key, { iat: at(30) })).body['first']).toBe(false);
    hub.clock.tick(2000);
    expect((await claim(hub, west, key)).body).toEqual({ first: true });
  });
  const at = (offS: number) => toSeconds(hub.clock.wall()) + offS;

  it('a claim and its entry, dated by clocks apart, are one sighting', async () => {
    const stream = await listen(hub, west);
    await stream.untilReady();
    await claim(hub, east, await keyOf('claimed'));
    await letIn(east, [scan('claimed')], -30);
    await letIn(east, [scan('after')]);
    expect(await stream.next()).toMatchObject({ key: await keyOf('claimed') });
    expect(await stream.next()).toMatchObject({ key: await keyOf('after') });
    await stream.cancel();
  });

  it('one that was let in without a network is a conflict: desk and both phones are told', async () => {
    await letIn(east, [scan('fence')], 60);
    const { twice: later } = await letIn(west, [scan('fence')]);
    const bySeq = async (who: SitePhone) =>
      (
        await hub.sql.query<{ seq: number; at: number }>(
          'select seq, at from scans where device = $1 and jti = $2',
          [who.id, idOf('fence')],
        )
      )[0];
    const [one, two] = [await bySeq(east), await bySeq(west)];
    expect(later?.[0]).toEqual({
      ...{ seq: two?.seq, at: two?.at, gate: 'east', name: 'Gate east', otherAt: one?.at },
    });
    const { twice: earlier } = await letIn(east, [scan('fence later')]);
    expect(earlier?.[0]).toEqual({
      ...{ seq: one?.seq, at: one?.at, gate: 'west', name: 'Gate west', otherAt: two?.at },
    });
    // of two sites nobody is told, though the desk sees it
    expect((await letIn(far, [scan('fence')])).twice).toEqual([]);
  });

  it.each([
    ['of nobody here', 'unknown-device', { id: 'AAAAAAAAAAAAAAAAAAAAAA' }, {}],
    ['about another device', 'wrong-device', {}, { device: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['of six minutes ago', 'token-old', {}, { iat: -360 }],
    ['of six minutes from now', 'token-old', {}, { iat: 360 }],
    ['for a window of a week', 'bad-shape', {}, { windowS: 604_800 }],
    ['for no window', 'bad-shape', {}, { windowS: 0 }],
    ['with a key', 'bad-shape', {}, { key: 'AAAAAAAAAAA' }],
  ])('a token %s opens no stream (%s)', async (_, code, whose, change) => {
    const iat = 'iat' in change ? { iat: at(Number(change.iat)) } : {};
    const { device, ...said } = { device: undefined, ...change };
    const drafted = { ...said, ...iat, ...(device && { device }) };
    const token = await tokenOf(hub, 'sightings', { ...east, ...whose }, drafted);
    // the header names who signs, whatever is inside
    expect(await codeOf(device ? await headed(token, east.id) : token)).toBe(code);
  });

  it('nor does one by another key, of another kind, of a gate without a site, or none', async () => {
    const forged = await tokenOf(hub, 'sightings', east, {}, await testKey());
    const otherKind = await tokenOf(hub, 'claim', east, { key: 'AAAAAAAAAAA' });
    const alone = await tokenOf(hub, 'sightings', await phoneAt(hub, 'alone'));
    expect(await codeOf(forged)).toBe('bad-signature');
    expect(await codeOf(otherKind)).toBe('wrong-type');
    expect(await codeOf(alone)).toBe('no-group');
    expect(await codeOf('')).toBe('malformed');
    for (const key of ['', 'AAAAAAAAAAB', 'AAAAAAAAAAAA', '../../../../x'])
      expect((await claim(hub, east, key)).body['code']).toBe('bad-shape');
  });
  const codeOf = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await hub.app.request('/v1/sightings', { headers });
    return ((await answer.json()) as { code: string }).code;
  };
  /** The same payload and a good signature under another name. */
  async function headed(token: string, kid: string) {
    const { CompactSign } = await import('jose');
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url');
    return new CompactSign(payload)
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'kakou-sightings+jwt' })
      .sign(east.key.privateKey);
  }

  it('a revoked device is cut off at once, one whose gate leaves the site as well', async () => {
    const [lost, moved] = [
      await phoneAt(hub, 'lost', 'garden'),
      await phoneAt(hub, 'moved', 'garden'),
    ];
    const streams = [await listen(hub, lost), await listen(hub, moved)];
    for (const stream of streams) await stream.untilReady();
    await revokeDevice(hub.sql, lost.id, hub.clock.wall());
    await moveTo(hub, moved, 'moved', 'mall');
    hub.clock.tick(1000);
    expect(await Promise.all(streams.map((stream) => stream.next()))).toEqual([
      undefined,
      undefined,
    ]);
    expect((await listen(hub, lost)).status).toBe(404);
    expect((await claim(hub, lost, await keyOf('lost'))).body['code']).toBe('no-group');
    expect((await letIn(lost, [scan('of a thief')])).twice).toBeUndefined();
    const rows = await hub.sql.query('select 1 from sightings where device = $1', [lost.id]);
    expect(rows).toEqual([]);
  });

  it('a third stream of one device ends the oldest, and more begun than that are too many', async () => {
    const busy = await phoneAt(hub, 'busy', 'garden');
    const streams = [];
    for (let i = 0; i < 3; i++) streams.push(await listen(hub, busy));
    await streams[0]?.untilReady();
    expect(await streams[0]?.next()).toBeUndefined();
    expect(await streams[2]?.untilReady()).toBeDefined();
    for (const stream of streams) await stream.cancel();
    const statuses = [];
    for (let i = 0; i < 30; i++) {
      const stream = await listen(hub, busy);
      statuses.push(stream.status);
      if (stream.status === 200) await stream.cancel();
    }
    expect(statuses.slice(0, 27)).toEqual(Array(27).fill(200));
    expect(statuses.slice(27)).toEqual([429, 429, 429]);
  });

  it('another hub on the same database tells it too, and a new one where the first ended', async () => {
    const stopping = new AbortController();
    const authority = await (await import('../../../src/demo/demo-authority.ts')).demoAuthority({
      now: () => toSeconds(hub.clock.wall()),
    });
    const other = createHub({
      ...{ authority, sql: hub.sql, clock: hub.clock, stopping: stopping.signal },
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      sightings: { times: { tickMs: 20 } },
    });
    const headers = { authorization: `Bearer ${await tokenOf(hub, 'sightings', west)}` };
    const stream = sightingReader(await other.request('/v1/sightings', { headers }));
    await stream.untilReady();
    await letIn(east, [scan('other hub')]);
    const heard = await stream.next();
    expect(heard).toMatchObject({ key: await keyOf('other hub') });
    stopping.abort();
    expect(await stream.next()).toBeUndefined();
    await letIn(east, [scan('meanwhile')]);
    const last = typeof heard === 'object' ? heard.id : '';
    const again = await listen(hub, west, { last });
    expect((await again.untilReady()).map(({ key }) => key)).toEqual([await keyOf('meanwhile')]);
    await again.cancel();
  });

  it('a phone that has come further than a backup misses nothing that comes after it was put back', async () => {
    await letIn(east, [scan('kept')]);
    const held = await hub.sql.query<{ seq: number }>('select seq from sighting_heads');
    await letIn(east, [scan('forgotten'), scan('forgotten too')]);
    const before = await listen(hub, west);
    const last = (await before.untilReady()).at(-1)?.id ?? '';
    await before.cancel();
    await hub.sql.query('delete from sightings where seq > $1', [held[0]?.seq]);
    await hub.sql.query('update sighting_heads set seq = $1', [held[0]?.seq]);
    hub.clock.tick(2000);
    await letIn(east, [scan('new'), scan('newer')]);
    const again = await listen(hub, west, { last });
    const heard = (await again.untilReady()).map(({ key }) => key);
    expect(heard).toEqual([await keyOf('new'), await keyOf('newer')]);
    await again.cancel();
  });

  it('a flood is read page by page by whoever takes it, and keys are gone after a day', async () => {
    const rows = 3000;
    await hub.sql.query(
      `insert into sightings (site, key, device, gate, at, heard_at, seq)
       select 'garden', 'k' || i, $1, 'east', $2::bigint, $2::bigint, $2::bigint + 100000 + i from generate_series(1, ${rows}) i`,
      [east.id, hub.clock.wall()],
    );
    const from = hub.clock.wall() + 100_000;
    await hub.sql.query(`update sighting_heads set seq = ${from + rows} where site = 'garden'`);
    const slow = await listen(hub, west, { last: String(from) });
    const all = await slow.untilReady();
    expect(all).toHaveLength(rows);
    expect(all.map(({ id }) => Number(id))).toEqual(
      Array.from({ length: rows }, (_, i) => from + 1 + i),
    );
    await slow.cancel();
    hub.clock.tick(24 * 3_600_000 + 1);
    await forgetSightings(hub.sql, hub.clock.wall());
    expect(await hub.sql.query('select * from sightings')).toEqual([]);
  });
});
