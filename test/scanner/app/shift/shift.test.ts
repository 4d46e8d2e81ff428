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
const entries = () => world.log.read(1, 100);
const scans = async () => (await entries()).filter(({ type }) => type === 'scan');
const shifts = async () =>
  (await entries()).filter(({ type }) => type === 'shift-start' || type === 'shift-end');

describe('a shift', () => {
  it('ends with its numbers and the state of its chain', async () => {
    await scan(2);
    await phone.actions.present('KK1:NONSENSE', 'wedge');
    await phone.actions.endShift();
    expect(phone.state().shift).toBeUndefined();
    expect(phone.state().summary).toMatchObject({
      operator: '7',
      people: 3,
      admitted: 2,
      refused: 1,
      issuers: [{ issuer: 'CN-TJ', people: 2 }],
    });
    expect(phone.state().summary).not.toHaveProperty('chainBreak');
    phone.actions.closeSummary();
    expect(phone.state().summary).toBeUndefined();
  });

  it('takes a new version that waits when it is over, and not before', async () => {
    let updates = 0;
    phone = await world.open({ applyUpdate: () => updates++ });
    phone.store.setState({ updateReady: true });
    await phone.actions.handOver('8');
    phone.actions.closeSummary();
    expect(updates).toBe(0);
    await phone.actions.endShift();
    expect(updates).toBe(0); // the report is read first
    phone.actions.closeSummary();
    expect(updates).toBe(1);
  });

  it('leaves a supervisor at work with the version there is', async () => {
    let updates = 0;
    phone = await world.open({ applyUpdate: () => updates++ });
    await phone.actions.endShift();
    await phone.actions.setFirstPin('246810');
    phone.store.setState({ updateReady: true });
    phone.actions.closeSummary();
    expect(updates).toBe(0);
  });

  it('whose log was edited on the phone ends with the entry named', async () => {
    await scan(3);
    const edited = [...world.log.disk.entries.values()].find(({ type }) => type === 'scan');
    if (!edited) throw new Error('no scan');
    world.log.disk.entries.set(edited.seq, { ...edited, gate: 'elsewhere' });
    await phone.actions.endShift();
    expect(phone.state().summary?.chainBreak).toEqual({ at: edited.seq, problem: 'hash' });
  });

  it('handed over ends in one name and begins in the other', async () => {
    await scan(1);
    await phone.actions.handOver('8');
    expect(phone.state()).toMatchObject({
      shift: { operator: '8' },
      summary: { operator: '7', people: 1 },
      counts: { pass: 0 },
      outcomes: { admitted: 0 },
    });
    const [first, end, next] = await shifts();
    expect([first?.type, end?.type, next?.type]).toEqual([
      'shift-start',
      'shift-end',
      'shift-start',
    ]);
    expect(next?.shift).not.toBe(first?.shift);
    expect(end?.shift).toBe(first?.shift);
  });

  it('handed over tells the next guard what is open, after a restart and without a network too', async () => {
    await phone.actions.present('https://example.org', 'wedge');
    phone.actions.dismissCard();
    world.remote.setOnline(false);
    await phone.actions.handOver('8');
    const before = { operator: '7', notRecorded: 1 };
    expect(phone.state().shift?.before).toMatchObject(before);
    expect(phone.state().shift?.before?.unsynced).toBeGreaterThan(0);
    phone = await world.open();
    expect(phone.state().shift).toMatchObject({ operator: '8', before });
  });

  it('paused scans nothing, also after a restart, until it goes on', async () => {
    await phone.actions.pauseShift();
    await scan(1);
    phone = await world.open();
    await scan(1);
    expect(phone.state().camera.kind).toBe('off');
    expect(await scans()).toHaveLength(0);
    await phone.actions.resumeShift();
    await scan(1);
    expect(await scans()).toHaveLength(1);
    expect(phone.state().shift).not.toHaveProperty('pausedAt');
  });
});

describe('a crash in the middle of a shift change', () => {
  it('after the end was written, before it was remembered: the shift is over', async () => {
    world.device.breakWith('storage-closed');
    await phone.actions.endShift();
    world.device.breakWith(undefined);
    phone = await world.open();
    expect(phone.state().shift).toBeUndefined();
    expect(await world.device.shift()).toBeUndefined();
    expect(await shifts()).toHaveLength(2);
  });

  it('after the beginning was remembered, before it was written: it is written', async () => {
    await phone.actions.endShift();
    await phone.app.stop();
    await world.device.setShift({ id: 'half', operator: '9', startedAt: world.clock.wall() });
    phone = await world.open();
    expect(await shifts()).toHaveLength(3);
    expect((await shifts()).at(-1)).toMatchObject({ shift: 'half', operator: '9' });
  });

  it('a beginning in the log that was never remembered goes on', async () => {
    await scan(1);
    const { shift } = phone.state();
    await world.device.setShift(undefined);
    phone = await world.open();
    expect(phone.state().shift).toEqual(shift);
    expect(phone.state().counts.pass).toBe(1);
  });
});
