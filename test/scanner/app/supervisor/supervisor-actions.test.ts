import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { type OpenPhone, phoneOnShift } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const written = async <T extends LogEntry['type']>(type: T) =>
  (await world.log.read(1, 1000)).filter((entry) => entry.type === type);

async function show(text: string) {
  phone.reader.show(text);
  await vi.waitFor(() => expect(phone.state().card ?? phone.state().flash).toBeDefined());
}

describe('a person without a code', () => {
  it('is in the log before the flash, and in the list of the shift', async () => {
    await phone.actions.registerByHand({ category: 'elder', tail: '012X', companions: 1 });
    expect(await written('manual')).toMatchObject([
      { category: 'elder', admitted: true, tail: '012X', companions: 1 },
    ]);
    expect(phone.state().flash).toMatchObject({ state: 'pass', by: 'hand' });
    expect(phone.state().recent[0]).toMatchObject({ type: 'manual' });
  });

  it('is counted apart from the scans, let in or turned away, and again after a restart', async () => {
    const form = { category: 'elder', tail: '', companions: 0 } as const;
    await phone.actions.registerByHand(form);
    await phone.actions.registerByHand(form);
    await phone.actions.registerByHand({ ...form, refusal: 'no-document' });
    await show(await world.pass());
    phone.actions.dismissCard();
    const expected = { byHand: { admitted: 2, refused: 1 } };
    expect(phone.state()).toMatchObject(expected);
    phone = await world.open();
    expect(phone.state()).toMatchObject(expected);
    expect(Object.values(phone.state().counts).reduce((sum, n) => sum + n, 0)).toBe(1);
    await phone.actions.handOver('8');
    expect(phone.state()).toMatchObject({
      byHand: { admitted: 0, refused: 0, notRecorded: 0 },
      summary: { people: 4, verdicts: { byHand: { admitted: 2, refused: 1 } } },
    });
  });

  it('is not shown as let in when the log cannot be written', async () => {
    world.log.breakWith('storage-quota');
    await phone.actions.registerByHand({ category: 'child', tail: '', companions: 0 });
    expect(phone.state().flash).toBeUndefined();
    expect(phone.state().storageFault).toBe('storage-quota');
  });
});

describe('companions', () => {
  it('are written as a decision that changes no verdict and no count', async () => {
    await show(await world.pass());
    const { counts, card } = phone.state();
    await phone.actions.setCompanions(2);
    expect(await written('decision')).toMatchObject([
      { ref: card?.seq, state: card?.verdict.state, companions: 2 },
    ]);
    expect(phone.state().card).toMatchObject({ companions: 2, held: true });
    expect(phone.state().counts).toEqual(counts);
  });
});

describe('rapid mode', () => {
  const atTransit = () => {
    const { gate } = phone.state();
    if (gate) phone.store.setState({ gate: { ...gate, venue: 'transit' } });
  };

  it('lets a pass flash while the camera reads on', async () => {
    atTransit();
    await phone.actions.setSettings({ rapid: true });
    await show(await world.pass());
    expect(phone.state()).toMatchObject({ flash: { state: 'pass', by: 'scan' } });
    expect(phone.state().card).toBeUndefined();
    expect(phone.reader.held).toBe(false);
    expect(await written('scan')).toHaveLength(1);
  });

  it('makes a code that was here before a card that waits, with its own sound, and logs it', async () => {
    atTransit();
    await phone.actions.setSettings({ rapid: true });
    const text = await world.pass();
    await show(text);
    world.tick(4000);
    phone.reader.show(text);
    await vi.waitFor(() => expect(phone.state().card?.verdict.reason).toBe('already-scanned'));
    expect(phone.reader.held).toBe(true);
    phone.actions.dismissCard();
    expect(phone.state().card).toBeDefined();
    expect(phone.feedback.played.map(({ state }) => state)).toEqual(['pass', 'repeat']);
    expect((await written('scan')).map((entry) => 'reason' in entry && entry.reason)).toEqual([
      'admitted',
      'already-scanned',
    ]);
  });

  it('still stops the camera for everything that is no pass', async () => {
    atTransit();
    await phone.actions.setSettings({ rapid: true });
    phone.reader.show(await world.pass({ state: 'r' }));
    await vi.waitFor(() => expect(phone.state().card?.verdict.state).toBe('stop'));
    expect(phone.reader.held).toBe(true);
  });

  it('is nothing at a gate where people stand still', async () => {
    await phone.actions.setSettings({ rapid: true });
    await show(await world.pass());
    expect(phone.state().card).toBeDefined();
  });
});

describe('what is heard', () => {
  it('is a tone and a tremor, a voice only when asked for, nothing aloud in quiet mode', async () => {
    await show('KK1:NONSENSE');
    expect(phone.feedback.played).toEqual([{ state: 'stop', sound: true, vibration: true }]);
    expect(phone.feedback.said).toEqual([]);
    phone.actions.dismissCard();
    await phone.actions.setSettings({ voice: true });
    await show('KK1:OTHER');
    expect(phone.feedback.said).toEqual(['zh-CN zh-CN stop malformed']);
    phone.actions.dismissCard();
    await phone.actions.setSettings({ quiet: true });
    await show('KK1:THIRD');
    expect(phone.feedback.played.at(-1)).toEqual({ state: 'stop', sound: false, vibration: true });
    expect(phone.feedback.said).toHaveLength(1);
  });
});
