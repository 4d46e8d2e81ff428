import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultCode } from '../../../../src/core/fault.ts';
import { checkChain } from '../../../../src/core/log/chain.ts';
import { emptyHead } from '../../../../src/core/log/entry.ts';
import { checkExport } from '../../../../src/core/log/export/check-export.ts';
import { openExport } from '../../../../src/core/log/export/export-json.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { type OpenPhone, phoneOnShift, scan as scanPasses } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const scan = (times = 1) => scanPasses({ world, phone }, times);
const breakWrites = (code?: FaultCode) => {
  for (const store of [world.log, world.device, world.trustStore, world.seen])
    store.breakWritesWith(code);
};
const entries = () => world.log.read(1, 1000);
const types = async () => (await entries()).map(({ type }) => type);
const atHub = async () => world.hub.seqs((await world.device.enrolment())?.device);
const seqs = async () => (await entries()).map(({ seq }) => seq);
const shared = () => phone.files.shared.at(-1)?.bytes ?? new Uint8Array();

/** Some entries wait, then the disk takes nothing more. */
async function fill(times = 5) {
  world.remote.setOnline(false);
  await scan(times);
  breakWrites('storage-quota');
}

describe('a disk that takes nothing more', () => {
  it('keeps no entry from the hub, and all of it counts as uploaded', async () => {
    await fill(40);
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await seqs());
    expect(phone.state().sync).toMatchObject({ unsynced: 0, busy: false });
    expect(phone.state().sync).not.toHaveProperty('problem');
  });

  it('sends nothing twice for want of a written receipt, and writes it down when there is room', async () => {
    await fill();
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    world.remote.calls.length = 0;
    await phone.actions.syncNow();
    expect(world.remote.calls.some(({ path }) => path === '/v1/scans')).toBe(false);
    const { seq } = await world.log.head();
    expect((await world.log.cursor())?.seq ?? 0).toBeLessThan(seq);
    breakWrites();
    await phone.actions.syncNow();
    expect((await world.log.cursor())?.seq).toBeGreaterThanOrEqual(seq);
  });

  it.each(['csv', 'xlsx', 'json'] as const)(
    'exports %s, and notes it when there is room',
    async (format) => {
      await fill();
      await phone.actions.exportLog(format);
      expect(shared().length).toBeGreaterThan(100);
      expect(phone.state().storageFault).toBe('storage-quota');
      expect(await types()).not.toContain('export');
      breakWrites();
      await scan();
      expect((await entries()).slice(-2)).toMatchObject([
        { type: 'export', format },
        { type: 'scan' },
      ]);
      expect(phone.state()).not.toHaveProperty('storageFault');
      expect((await checkChain(await entries(), emptyHead)).ok).toBe(true);
    },
  );

  it('exports signed JSON with the newest receipt, though that is in memory only', async () => {
    await fill();
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    await phone.actions.exportLog('json');
    const opened = await openExport(shared());
    if (!opened.ok) throw new Error(opened.error);
    const keys = [demoKeys().receipt.jwk];
    expect(await checkExport(opened.value, keys)).toMatchObject({
      receiptChecked: true,
      unreceipted: 0,
    });
  });

  it('lets the shift end with its numbers, and says that the storage is the trouble', async () => {
    await fill(3);
    const id = phone.state().shift?.id;
    await phone.actions.endShift();
    expect(phone.state().shift).toBeUndefined();
    expect(phone.state()).toMatchObject({
      summary: { id, scanned: 3, verdicts: { pass: { admitted: 3 } } },
      storageFault: 'storage-quota',
    });
    breakWrites();
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    expect((await entries()).at(-1)).toMatchObject({ type: 'shift-end', shift: id, scans: 3 });
    expect(phone.state()).not.toHaveProperty('storageFault');
    phone = await world.open();
    expect(phone.state().shift).toBeUndefined();
  });

  it('admits nobody', async () => {
    await fill();
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict).toMatchObject({
      state: 'unknown',
      reason: 'internal-error',
    });
  });

  it('takes a newer revocation list into force all the same, and keeps it when there is room', async () => {
    await fill();
    world.tick(25 * 3_600_000);
    world.remote.setOnline(true);
    const before = phone.state().trust.bundle ?? 0;
    await phone.actions.syncNow();
    const now = phone.state().trust.bundle ?? 0;
    expect(now).toBeGreaterThan(before);
    expect(phone.state().clock).toBe('synced');
    breakWrites();
    await phone.actions.syncNow();
    expect(await types()).toContain('trust');
    world.remote.setOnline(false);
    phone = await world.open();
    expect(phone.state().trust.bundle).toBe(now);
  });

  it('does not keep the app from starting: what it holds is still uploaded and exported', async () => {
    await fill();
    const { shift } = phone.state();
    await world.device.breakWritesWith(undefined);
    await world.device.setShift(undefined); // a crash before the shift was remembered
    breakWrites('storage-quota');
    phone = await world.open();
    expect(phone.state()).toMatchObject({ phase: 'ready', shift, storageFault: 'storage-quota' });
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await seqs());
    await phone.actions.exportLog('csv');
    expect(shared().length).toBeGreaterThan(100);
  });
});

describe('a log that cannot be read', () => {
  it('is named as the storage of the phone, not as the hub', async () => {
    await scan(2);
    world.log.breakWith('storage-closed');
    await phone.actions.syncNow();
    expect(phone.state().sync).toMatchObject({ problem: 'storage', busy: false });
    expect(phone.state().online).toBe(true);
    world.log.breakWith(undefined);
    await phone.actions.syncNow();
    expect(phone.state().sync).toMatchObject({ unsynced: 0 });
    expect(phone.state().sync).not.toHaveProperty('problem');
  });
});
