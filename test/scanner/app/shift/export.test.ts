import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkExport } from '../../../../src/core/log/export/check-export.ts';
import { openExport } from '../../../../src/core/log/export/export-json.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import {
  givePin,
  type OpenPhone,
  phoneOnShift,
  scan as scanPasses,
} from '../../../support/on-shift.ts';
import { createWorld, type World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const scan = (times = 1) => scanPasses({ world, phone }, times);
const shared = () => phone.files.shared.at(-1);
const types = async () => (await world.log.read(1, 100)).map(({ type }) => type);

describe('exporting a shift', () => {
  it('builds the file first and shares it on the tap after, with no network', async () => {
    await scan(2);
    world.remote.setOnline(false);
    await phone.actions.prepareExport('xlsx');
    expect(phone.files.shared).toHaveLength(0);
    expect(phone.state().exportReady).toMatchObject({ format: 'xlsx', entries: 3 });
    await phone.actions.shareExport();
    expect(shared()?.name).toMatch(/^kakou-2026-06-01-.{4}\.xlsx$/);
    expect(phone.state()).not.toHaveProperty('exportReady');
    const sheet = unzipSync(shared()?.bytes ?? new Uint8Array())['xl/worksheets/sheet3.xml'];
    expect(strFromU8(sheet ?? new Uint8Array()).match(/<row /g)).toHaveLength(4);
  });

  it('says the colours of the codes in words, as the issuers call them', async () => {
    await scan(1);
    await phone.actions.exportLog('csv');
    const [head = '', ...lines] = new TextDecoder().decode(shared()?.bytes).split('\r\n');
    const column = head.split(',').indexOf('码的颜色');
    const scanned = lines.map((line) => line.split(',')).find((cells) => cells[column]);
    expect(scanned?.[column]).toBe('绿码');
  });

  it('notes the export in the log before the file can leave', async () => {
    await phone.actions.prepareExport('csv');
    expect(await types()).toContain('export');
  });

  it('gives no file when the log cannot be read, and says so', async () => {
    world.log.breakWith('storage-closed');
    await phone.actions.exportLog('json');
    expect(phone.files.shared).toHaveLength(0);
    expect(phone.state()).toMatchObject({ storageFault: 'storage-closed' });
    expect(phone.state()).not.toHaveProperty('exporting');
  });

  it('as signed JSON is whole though a scan and an upload come between', async () => {
    await scan(2);
    const { read } = world.log;
    world.log.read = async (from, limit) => {
      const some = await read(from, limit);
      world.log.read = read;
      await scan(1);
      await phone.actions.syncNow();
      return some;
    };
    await phone.actions.exportLog('json');
    const opened = await openExport(shared()?.bytes ?? new Uint8Array());
    if (!opened.ok) throw new Error(opened.error);
    const report = await checkExport(opened.value, [demoKeys().receipt.jwk]);
    expect(report.problem).toBeUndefined();
  });

  it('as signed JSON has an unbroken chain though the oldest entries are purged meanwhile', async () => {
    await scan(3);
    await phone.actions.syncNow();
    const { readShift } = world.log;
    let through = 0;
    world.log.readShift = async (shift) => {
      const some = await readShift(shift);
      through = some[1]?.seq ?? 0;
      expect(await world.log.purge(through)).toBe(true);
      return some;
    };
    await phone.actions.exportLog('json');
    const opened = await openExport(shared()?.bytes ?? new Uint8Array());
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.from.seq).toBe(through);
    // a chain without a break; that the beginning is not in the file is said, as of any other
    const { signed, problem } = await checkExport(opened.value, [demoKeys().receipt.jwk]);
    expect({ signed, problem }).toEqual({
      signed: true,
      problem: { at: through + 1, problem: 'front' },
    });
  });

  it('as signed JSON is whole and brings the newest receipt, checked by the keys of the hub', async () => {
    await scan(2);
    await phone.actions.syncNow();
    await scan(1);
    await phone.actions.exportLog('json');
    const opened = await openExport(shared()?.bytes ?? new Uint8Array());
    if (!opened.ok) throw new Error(opened.error);
    expect(await checkExport(opened.value, [demoKeys().receipt.jwk])).toMatchObject({
      signed: true,
      receiptChecked: true,
      unreceipted: 1,
    });
    expect(opened.value.entries.at(-1)).toMatchObject({ type: 'scan' });
  });

  it('of the last shift is still there after its end and a restart', async () => {
    await scan(1);
    await phone.actions.endShift();
    phone = await world.open();
    await phone.actions.exportLog('csv');
    expect(new TextDecoder().decode(shared()?.bytes).split('\r\n')).toHaveLength(5);
  });

  it('of any past shift needs the open supervisor, and the log says which one went out', async () => {
    const first = phone.state().shift?.id ?? '';
    await scan(2);
    await phone.actions.handOver('8');
    await scan(1);
    await phone.actions.exportLog('csv', first);
    expect(phone.files.shared).toHaveLength(0);
    await givePin(world, '246810');
    await phone.actions.openSupervisor('246810');
    await phone.actions.prepareExport('csv', first);
    expect(phone.state().exportReady).toMatchObject({ shift: first, entries: 4 });
    await phone.actions.shareExport();
    expect(new TextDecoder().decode(shared()?.bytes).split('\r\n')).toHaveLength(6);
    expect((await world.log.read(1, 100)).at(-1)).toMatchObject({ type: 'export', of: first });
    await phone.actions.exportLog('csv', 'never');
    expect(phone.files.shared).toHaveLength(1);
  });

  it('does nothing where nothing was ever scanned', async () => {
    await world.close();
    world = await createWorld();
    phone = await world.open();
    await phone.actions.exportLog('csv');
    expect(phone.files.shared).toHaveLength(0);
  });
});
