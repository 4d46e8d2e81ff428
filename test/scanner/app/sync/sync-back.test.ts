import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochSeconds } from '../../../../src/core/units.ts';
import { answer, type RemoteHandler } from '../../../support/fakes/fake-remote.ts';
import { type OpenPhone, phoneOnShift, scan as scanPasses } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;
const hourMs = 3_600_000;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
  await phone.actions.syncNow();
});
afterEach(() => world.close());

const scan = (times = 1) => scanPasses({ world, phone }, times);
const device = async () => (await world.device.enrolment())?.device;
const atHub = async () => world.hub.seqs(await device());
const onPhone = async () => (await world.log.read(1, 1000)).map(({ seq }) => seq);

/** A backup of the hub as it is now; the result puts it back. */
async function backup() {
  const id = await device();
  const [head] = await world.hub.sql.query<{ seq: number; hash: string; receipt: string }>(
    'select seq, hash, receipt from device_heads where device = $1',
    [id],
  );
  return async () => {
    await world.hub.sql.query('delete from scans where device = $1 and seq > $2', [id, head?.seq]);
    await world.hub.sql.query(
      'update device_heads set seq = $2, hash = $3, receipt = $4 where device = $1',
      [id, head?.seq, head?.hash, head?.receipt],
    );
  };
}

/** Entries sent in each upload, from here on. */
function watchUploads(handler: RemoteHandler = world.hub.handle) {
  const sent: number[] = [];
  world.remote.handle((call) => {
    if (call.path === '/v1/scans') {
      const claims = JSON.parse(atob((call.body ?? '').split('.')[1] ?? '')) as {
        entries: unknown[];
      };
      sent.push(claims.entries.length);
    }
    return handler(call);
  });
  return sent;
}

describe('a hub restored from an older backup', () => {
  it('gets again all it has lost, as soon as anything is uploaded', async () => {
    const restore = await backup();
    await scan(5);
    await phone.actions.syncNow();
    await restore();
    world.tick(60_000);
    await scan(1);
    const sent = watchUploads();
    await phone.actions.syncNow();
    expect(sent).toEqual([1, 6]);
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync).toMatchObject({ unsynced: 0 });
  });

  it('is found out at the next start though the phone has nothing new', async () => {
    const restore = await backup();
    await scan(3);
    await phone.actions.syncNow();
    await restore();
    world.tick(60_000);
    phone = await world.open();
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
  });

  it('makes what it has lost count as waiting, and nothing of it is purged', async () => {
    const restore = await backup();
    await scan(4);
    await phone.actions.syncNow();
    await restore();
    world.tick(60_000);
    await scan(1);
    let answered = false;
    world.remote.handle((call) => {
      if (call.path !== '/v1/scans') return world.hub.handle(call);
      if (answered) return { kind: 'offline' };
      answered = true;
      return world.hub.handle(call);
    });
    await phone.actions.syncNow();
    expect(phone.state().sync.unsynced).toBe(5);
    expect(await world.log.purge((await world.log.head()).seq - 1)).toBe(false);
    world.remote.handle(world.hub.handle);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
  });

  it('that has forgotten the device altogether gets everything the phone holds', async () => {
    await scan(2);
    await phone.actions.syncNow();
    const id = await device();
    for (const table of ['scans', 'device_heads'])
      await world.hub.sql.query(`delete from ${table} where device = $1`, [id]);
    world.tick(60_000);
    await scan(1);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
  });

  it('older than what was purged gets all that is still held, and is never said to be complete', async () => {
    const restore = await backup();
    await scan(3);
    await phone.actions.syncNow();
    const { seq } = await world.log.head();
    expect(await world.log.purge(seq - 1)).toBe(true);
    await restore();
    world.tick(60_000);
    await scan(1);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(expect.arrayContaining(await onPhone()));
    expect(phone.state().sync.unsynced).toBeGreaterThan(0);
  });
});

describe('a receipt that says less', () => {
  it('moves nothing when it is an old one sent again', async () => {
    const old = (await world.log.cursor())?.receipt ?? '';
    world.tick(2 * hourMs);
    await scan(3);
    await phone.actions.syncNow();
    const before = await world.log.cursor();
    await scan(1);
    const sent = watchUploads((call) =>
      call.path === '/v1/scans'
        ? { kind: 'answer', status: 200, body: new TextEncoder().encode(reply(old)) }
        : world.hub.handle(call),
    );
    await phone.actions.syncNow();
    await phone.actions.syncNow();
    expect(sent).toEqual([1, 1]);
    expect(await world.log.cursor()).toEqual(before);
    expect(phone.state().sync).toMatchObject({ problem: 'receipt', unsynced: 1 });
  });

  it('a second time in one upload is made good by the next, though the phone has nothing new', async () => {
    const restore = await backup();
    await scan(3);
    await phone.actions.syncNow();
    await restore();
    await scan(1);
    let answered = 0;
    world.remote.handle(async (call) => {
      if (call.path !== '/v1/scans') return world.hub.handle(call);
      if ((call.body?.length ?? 0) > 1500) return answer(413);
      world.tick(1000);
      if (++answered === 4) await restore(); // what it has taken in since is lost again
      return world.hub.handle(call);
    });
    await phone.actions.syncNow();
    expect(await atHub()).not.toEqual(await onPhone());
    expect(phone.state().sync.unsynced).toBeGreaterThan(0);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync).toMatchObject({ unsynced: 0 });
  });

  it('to another tab makes this one offer all of it again', async () => {
    const restore = await backup();
    const early = await world.log.cursor();
    await scan(3);
    await phone.actions.syncNow();
    await restore();
    const late = await world.log.cursor();
    if (!early || !late) throw new Error('no receipt');
    await world.log.setCursor({ ...early, t: epochSeconds((late.t ?? 0) + 1) });
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
  });

  it('is heard though an older app kept a receipt dated a month ahead', async () => {
    const restore = await backup();
    await scan(3);
    await phone.actions.syncNow();
    const { cursor } = world.log.disk;
    if (!cursor) throw new Error('no receipt');
    world.log.disk.cursor = { ...cursor, t: epochSeconds((cursor.t ?? 0) + 30 * 24 * 3600) };
    await restore();
    phone = await world.open();
    await scan(1);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync).toMatchObject({ unsynced: 0 });
  });

  it('sends back once an upload, however often the hub changes its mind', async () => {
    const restore = await backup();
    await scan(3);
    await phone.actions.syncNow();
    await scan(1);
    let answered = 0;
    world.remote.handle(async (call) => {
      if (call.path !== '/v1/scans') return world.hub.handle(call);
      if ((call.body?.length ?? 0) > 1500) return answer(413);
      if (++answered > 20) return { kind: 'offline' };
      world.tick(60_000);
      await restore();
      return world.hub.handle(call);
    });
    await phone.actions.syncNow();
    expect(answered).toBe(5);
  });
});

describe('an entry the phone has truly lost', () => {
  beforeEach(async () => {
    await scan(2);
    world.log.disk.entries.delete((await world.log.head()).seq - 1);
  });

  it('does not keep those behind it from the hub, and is never said to be uploaded', async () => {
    await scan(2);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync.unsynced).toBeGreaterThan(0);
  });

  it('does not make each upload send everything behind it: only what is new, and all once an hour', async () => {
    const sent = watchUploads();
    await phone.actions.syncNow();
    await phone.actions.syncNow();
    expect(sent).toEqual([1]);
    await scan(2);
    await phone.actions.syncNow();
    expect(sent).toEqual([1, 2]);
    world.tick(hourMs);
    await phone.actions.syncNow();
    await phone.actions.syncNow();
    expect(sent).toEqual([1, 2, 3]);
  });
});

const reply = (receipt: string) => JSON.stringify({ results: [], receipt });
