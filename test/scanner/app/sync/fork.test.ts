import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenPhone, phoneOnShift, scan as scanPasses } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const scan = (times = 1) => scanPasses({ world, phone }, times);
const device = async () => (await world.device.enrolment())?.device;

/** The phone as it is now; the result puts it back onto the phone, as a backup does. */
function backup() {
  const { disk } = world.log;
  const entries = new Map(disk.entries);
  const { cursor } = disk;
  return async () => {
    disk.entries.clear();
    for (const [seq, entry] of entries) disk.entries.set(seq, entry);
    disk.cursor = cursor;
    phone = await world.open();
    await phone.actions.syncNow();
  };
}

/** Texts of everything the hub holds of this device, wherever. */
async function kept(): Promise<Set<string>> {
  const rows = await world.hub.sql.query<{ entry: string }>(
    `select entry::text as entry from scans where device = $1
     union all select entry::text from quarantine where device = $1`,
    [await device()],
  );
  return new Set(rows.map(({ entry }) => (JSON.parse(entry) as { hash: string }).hash));
}

describe('a phone restored from a backup, back at entry 20 where the hub holds 63', () => {
  it('brings everything it writes from there to the hub, and says that there are two logs', async () => {
    await scan(18);
    await phone.actions.syncNow();
    const restore = backup();
    await scan(43);
    await phone.actions.syncNow();
    await restore();
    await scan(250);
    await phone.actions.syncNow();
    const ours = (await world.log.read(1, 1000)).map(({ hash }) => hash);
    const there = await kept();
    expect(ours.filter((hash) => !there.has(hash))).toEqual([]);
    expect(phone.state().sync).toMatchObject({ problem: 'fork', busy: false });
    expect(phone.state().sync.unsynced).toBeGreaterThan(0);
  }, 60_000);

  it('does not send all of it again at every round, and goes on saying so', async () => {
    const restore = backup();
    await scan(3);
    await phone.actions.syncNow();
    await restore();
    await scan(5);
    await phone.actions.syncNow();
    world.remote.calls.length = 0;
    await phone.actions.syncNow();
    expect(world.remote.calls.some(({ path }) => path === '/v1/scans')).toBe(false);
    expect(phone.state().sync.problem).toBe('fork');
  });

  it('is an alarm at the hub', async () => {
    const restore = backup();
    await scan(3);
    await phone.actions.syncNow();
    await restore();
    await scan(2);
    await phone.actions.syncNow();
    const rows = await world.hub.sql.query<{ reason: string }>(
      'select distinct reason from quarantine where device = $1',
      [await device()],
    );
    expect(rows).toEqual([{ reason: 'fork' }]);
  });
});

/** One upload whose receipts the hub dates a month ahead. */
async function syncWithHubAhead() {
  world.remote.handle(async (call) => {
    world.hub.setAhead(call.path === '/v1/scans' ? 30 * 24 * 3_600_000 : 0);
    return world.hub.handle(call);
  });
  await phone.actions.syncNow();
  world.hub.setAhead(0);
  world.remote.handle(world.hub.handle);
}

describe('a receipt dated ahead', () => {
  it('does not make the later ones look old: the cursor moves with every higher seq of our log', async () => {
    await scan(2);
    await syncWithHubAhead();
    await scan(2);
    await phone.actions.syncNow();
    expect((await world.log.cursor())?.seq).toBe((await world.log.head()).seq);
    expect(phone.state().sync).not.toHaveProperty('problem');
  });

  it('does not hide that the hub was restored from an older backup meanwhile', async () => {
    await scan(2);
    await syncWithHubAhead();
    for (const table of ['scans', 'device_heads'])
      await world.hub.sql.query(`delete from ${table} where device = $1`, [await device()]);
    world.tick(120_000);
    await scan(1);
    await phone.actions.syncNow();
    const ours = (await world.log.read(1, 1000)).map(({ seq }) => seq);
    expect(await world.hub.seqs(await device())).toEqual(ours);
  });
});
