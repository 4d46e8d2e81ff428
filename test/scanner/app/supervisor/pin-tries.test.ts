import { describe, expect, it } from 'vitest';
import { toHex } from '../../../../src/core/bytes.ts';
import { derivePin } from '../../../../src/core/enrol/pin.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { createAppStore } from '../../../../src/scanner/app/store.ts';
import type { PinKeeper } from '../../../../src/scanner/app/supervisor/pin-keeper.ts';
import { createPinKeeper } from '../../../../src/scanner/app/supervisor/pin-keeper.ts';
import { openSupervisor, setFirstPin } from '../../../../src/scanner/app/supervisor/supervisor.ts';
import { fakeRandom } from '../../../support/fakes/fake-random.ts';
import { memoryDeviceStore } from '../../../support/fakes/memory-device-store.ts';

const pin = '246810';
const salt = new Uint8Array(16);

/** A device whose PIN is set; few rounds, so that many tries take no time. */
async function device() {
  const store = memoryDeviceStore();
  const hash = await derivePin(pin, salt, 1000);
  const record = { salt: toHex(salt), rounds: 1000, hash, failures: 0, lockedUntil: 0 };
  await store.changeSupervisor(() => record);
  return store;
}

/** One tab's try; how it ended. */
async function tryIn(
  pins: PinKeeper,
  typed: string,
  store = createAppStore(true, true),
  tries = openSupervisor,
) {
  const acts: string[] = [];
  const writer = { note: async ({ act }: { act: string }) => void acts.push(act) } as never;
  const now = { at: epochMillis(1_000_000), quality: 'synced' } as const;
  const clock = { now: () => now } as never;
  await tries({ store, pins, random: fakeRandom(), clock, writer }, typed);
  return { state: store.getState().supervisor.state, acts };
}

describe('tries of the PIN at the same moment', () => {
  it('in twenty tabs are all counted: five are looked at, then the door is closed, to the right PIN too', async () => {
    const store = await device();
    const wrong = Array.from({ length: 19 }, () => '000000');
    const ends = await Promise.all(
      [...wrong, pin].map((typed) => tryIn(createPinKeeper(store), typed)),
    );
    const states = ends.map(({ state }) => state);
    expect(states.filter((state) => state === 'wrong')).toHaveLength(4);
    expect(states.filter((state) => state === 'locked')).toHaveLength(16);
    expect(ends.flatMap(({ acts }) => acts)).toHaveLength(5);
  });

  it('in one tab are one try', async () => {
    const pins = createPinKeeper(await device());
    const store = createAppStore(true, true);
    const ends = await Promise.all(Array.from({ length: 10 }, () => tryIn(pins, '000000', store)));
    expect(ends.flatMap(({ acts }) => acts)).toEqual(['wrong-pin']);
  });

  it('of two first PINs in two tabs one counts, the other is a try', async () => {
    const store = memoryDeviceStore();
    const setIn = (typed: string) => tryIn(createPinKeeper(store), typed, undefined, setFirstPin);
    const [one, two] = await Promise.all([setIn('111111'), setIn('222222')]);
    expect([one.state, two.state].sort()).toEqual(['open', 'wrong']);
  }, 30_000);
});

describe('the PIN on a disk that takes nothing', () => {
  it('opens the role, past shifts are to be had; tries are counted while the app runs, and written later', async () => {
    const store = await device();
    const pins = createPinKeeper(store);
    store.breakWritesWith('storage-quota');
    expect((await tryIn(pins, pin)).state).toBe('open');
    for (let tries = 1; tries < 5; tries++)
      expect((await tryIn(pins, '000000')).state).toBe('wrong');
    expect((await tryIn(pins, '000000')).state).toBe('locked');
    expect((await tryIn(pins, pin)).state).toBe('locked');
    store.breakWritesWith(undefined);
    expect((await tryIn(pins, pin)).state).toBe('locked');
    expect((await tryIn(createPinKeeper(store), pin)).state).toBe('locked');
  });

  it('a store that cannot be read leaves the door closed, and the next try is free', async () => {
    const store = await device();
    const state = createAppStore(true, true);
    store.breakWith('storage-closed');
    await expect(tryIn(createPinKeeper(store), pin, state)).rejects.toThrow();
    expect(state.getState().supervisor.state).toBe('closed');
  });
});
