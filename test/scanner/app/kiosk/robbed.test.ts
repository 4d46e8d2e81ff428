import { afterEach, describe, expect, it } from 'vitest';
import { toHex } from '../../../../src/core/bytes.ts';
import { derivePin } from '../../../../src/core/enrol/pin.ts';
import { checkChain } from '../../../../src/core/log/chain.ts';
import { emptyHead } from '../../../../src/core/log/entry.ts';
import { peopleOf } from '../../../../src/core/log/people.ts';
import { withPin } from '../../../../src/scanner/app/supervisor/pin-record.ts';
import { type TabletByHand, tabletByHand } from '../../../support/kiosk-week/by-hand.ts';
import type { TabletOptions } from '../../../support/kiosk-week/tablet.ts';

const minute = 60_000;
const hour = 60 * minute;
let hand: TabletByHand;
afterEach(() => hand.close());

/** A kiosk in service. */
async function kiosk(options: TabletOptions = {}): Promise<TabletByHand> {
  hand = await tabletByHand(options);
  await hand.tablet.open();
  await hand.settle();
  await hand.pass(6000, 2000);
  await hand.hasRules();
  return hand;
}
const entries = () => hand.tablet.disk.log.read(1, 10_000);
const trouble = () => hand.state().kioskTrouble;
/** Whether a good code passes now. */
async function passes(): Promise<boolean> {
  await hand.show(await hand.code());
  const isIn = hand.state().card?.verdict.state === 'pass';
  await hand.pass(3000);
  return isIn;
}

describe('robbed of its power', () => {
  it('between any two writes it comes back as a kiosk, and whoever stood there was sent to a guard', async () => {
    const { tablet } = await kiosk();
    for (let stroke = 1; stroke <= 12; stroke++) {
      for (const { life } of tablet.tabs) life.strokes = stroke;
      await hand.show(await hand.code({ issuer: 'CN-HE', state: 'y' }));
      await hand.pass(20_000, 2500);
      expect(hand.state().kiosk).toEqual({ camera: 'front', scannedWith: 'thermal-camera' });
    }
    expect(tablet.cuts).toBeGreaterThan(8);
    const all = await entries();
    expect((await checkChain(all, emptyHead)).ok).toBe(true);
    const people = peopleOf(all);
    expect(people.length).toBeGreaterThan(3);
    expect(new Set(people.map(({ outcome, by }) => `${outcome} ${by}`))).toEqual(
      new Set(['refused scanner']),
    );
    expect(await passes()).toBe(true);
  });
});

describe('robbed of its camera', () => {
  it('says so, works with a hardware scanner all the same, and finds the camera again', async () => {
    const { tablet } = await kiosk();
    tablet.state.broken = { kind: 'problem', problem: 'missing' };
    tablet.tabs[0]?.camera.lose(tablet.state.broken);
    expect(trouble()).toBe('camera');
    await hand.show(await hand.code(), 'wedge');
    expect(hand.state().card?.verdict.state).toBe('pass');
    await hand.pass(2 * hour, 10_000);
    expect(trouble()).toBe('camera');
    tablet.state.broken = undefined;
    await hand.pass(45_000, 2500);
    expect([trouble(), hand.state().camera.kind]).toEqual([undefined, 'live']);
    expect(await passes()).toBe(true);
  });

  it('does not lose it by not being used: nobody comes for an hour', async () => {
    const { tablet } = await kiosk();
    const seen = new Set<string>();
    tablet.tabs[0]?.store.subscribe(({ camera }) => void seen.add(camera.kind));
    await hand.pass(hour, 5000);
    expect([trouble(), [...seen]]).toEqual([undefined, ['live']]);
  });

  it('whose decoder hung is asked for again', async () => {
    const { tablet } = await kiosk();
    tablet.tabs[0]?.camera.lose({ kind: 'problem', problem: 'failed' });
    await hand.pass(45_000, 2500);
    expect(await passes()).toBe(true);
  });
});

describe('robbed of its network', () => {
  it('works for two days, is out of service by its lists then, and takes up again when it is back', async () => {
    const { tablet } = await kiosk();
    tablet.state.isOnline = false;
    await hand.pass(46 * hour, 10 * minute);
    await hand.pass(30_000, 2500);
    expect([trouble(), await passes()]).toEqual([undefined, true]);
    await hand.pass(3 * hour, 10 * minute);
    expect([trouble(), await passes()]).toEqual(['list', false]);
    expect(hand.state().card).toBeUndefined();
    tablet.state.isOnline = true;
    expect([await hand.isInService(10), await passes()]).toEqual([true, true]);
    await hand.pass(2 * minute, 5000);
    expect(tablet.hub.held.size).toBe((await tablet.disk.log.head()).seq);
  });
});

describe('robbed of its disk', () => {
  it('lets nobody in, and is back by itself once an entry is written', async () => {
    const { tablet } = await kiosk();
    tablet.disk.log.breakWritesWith('storage-quota');
    await hand.show(await hand.code());
    expect(hand.state().card?.verdict.reason).toBe('internal-error');
    await hand.pass(10_000, 2500);
    expect([trouble(), await passes()]).toEqual(['storage', false]);
    tablet.disk.log.breakWritesWith(undefined);
    await hand.pass(15_000, 2500);
    expect([trouble(), await passes()]).toEqual([undefined, true]);
    expect((await entries()).filter(({ type }) => type === 'trust').length).toBeGreaterThan(1);
  });

  it('that does not come back within half an hour it tries with a page loaded anew', async () => {
    const { tablet } = await kiosk();
    tablet.disk.log.breakWritesWith('storage-closed');
    await hand.show(await hand.code());
    await hand.pass(29 * minute, 10_000);
    expect(tablet.reloads).toBe(0);
    await hand.pass(2 * minute, 10_000);
    expect(tablet.reloads).toBe(1);
  });
});

describe('at night', () => {
  it('one shift follows the other, in two tabs as in one', async () => {
    const { tablet } = await kiosk();
    await tablet.open();
    await hand.settle();
    await hand.pass(24 * hour, 10 * minute);
    await hand.pass(minute, 2500);
    const told = (await entries()).flatMap(({ type }) => (type.startsWith('shift') ? [type] : []));
    expect(told).toEqual(['shift-start', 'shift-end', 'shift-start']);
    const shifts = tablet.tabs.map(({ store }) => store.getState().shift?.id);
    expect(new Set(shifts).size).toBe(1);
    expect(hand.state().summary).toBeUndefined();
  });
});

describe('a new version', () => {
  it('waits until nobody has shown a code for a minute', async () => {
    const { tablet } = await kiosk();
    await hand.show(await hand.code());
    tablet.tabs[0]?.store.setState({ updateReady: true });
    await hand.pass(50_000, 2500);
    expect(tablet.state.version).toBe(1);
    await hand.pass(20_000, 2500);
    expect(tablet.state.version).toBe(2);
    expect(await passes()).toBe(true);
  });
});

describe('the desk', () => {
  const set = (iat: number, camera: 'front' | 'back' = 'back') =>
    hand.tablet.disk.device.changeGateSettings(() => ({ gate: 'demo-gate', iat, kiosk: camera }));
  async function again(): Promise<void> {
    hand.tablet.cut();
    await hand.pass(6000, 2000);
    await hand.hasRules();
    await hand.pass(15_000, 2500);
  }
  async function givePin(): Promise<void> {
    const hash = await derivePin('246810', new Uint8Array(16), 1000);
    const pin = { salt: toHex(new Uint8Array(16)), rounds: 1000, hash };
    await hand.tablet.disk.device.changeSupervisor(() => withPin(undefined, pin));
  }

  it('makes a kiosk of a phone that has a PIN to end it, once for each word', async () => {
    await kiosk({ venue: 'mall', isOff: true });
    await set(5);
    await again();
    expect(hand.state().kiosk).toBeUndefined();
    await givePin();
    await again();
    expect(hand.state().kiosk).toEqual({ camera: 'back' });
    expect(await passes()).toBe(true);
    const { actions } = hand.tablet.tabs[0]?.app ?? {};
    await actions?.openSupervisor('246810');
    await actions?.leaveKiosk();
    await again();
    expect(hand.state().kiosk).toBeUndefined();
    await set(6, 'front');
    await again();
    expect(hand.state().kiosk).toEqual({ camera: 'front' });
  });

  it('and none where a person has to say how all are measured', async () => {
    await kiosk({ isOff: true });
    await givePin();
    await set(5);
    await again();
    expect(hand.state()).toMatchObject({ kioskRefused: 'temperature' });
    expect(hand.state().kiosk).toBeUndefined();
  });
});
