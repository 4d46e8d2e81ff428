import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { publicHalf, signerOf } from '../../../../src/authority/keys.ts';
import { limits } from '../../../../src/core/limits.ts';
import { mintStamp } from '../../../../src/core/pass/kakou/mint.ts';
import { type EpochSeconds, toSeconds } from '../../../../src/core/units.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { demoCredential } from '../../../../src/demo/demo-pass.ts';
import { type OpenPhone, phoneOnShift } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;
/** A resident's phone: one day credential, and a fresh stamp at each showing. */
let resident: () => Promise<string>;
const windowMs = limits.passBackS * 1000;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
  resident = await residentsPhone();
});
afterEach(() => world.close());

async function residentsPhone() {
  const keys = demoKeys();
  const now = () => toSeconds(world.hubClock.wall()) as EpochSeconds;
  const jti = Uint8Array.from({ length: 12 }, (_, i) => 200 - i);
  const asked = { issuer: 'CN-TJ', state: 'g', at: now(), jti };
  const made = await demoCredential(keys, asked, publicHalf(keys.holder));
  if (!made.ok) throw new Error(made.error);
  const { credential } = made.value;
  const holder = await signerOf(keys.holder);
  let stamps = 0;
  return () =>
    mintStamp(
      credential,
      { iat: now(), jti: Uint8Array.from([++stamps, ...jti.slice(1)]) },
      holder,
    );
}

/** What the phone said of this showing, aloud and on screen. */
async function show(text: string) {
  const before = phone.feedback.played.length;
  phone.reader.show(text);
  await vi.waitFor(() => expect(phone.feedback.played.length).toBeGreaterThan(before));
  const { card, flash } = phone.state();
  const sound = phone.feedback.played.at(-1)?.state;
  phone.actions.dismissCard();
  return {
    reason: card?.verdict.reason,
    flash: flash?.by === 'scan' ? flash.state : undefined,
    sound,
  };
}
/** Time passes with the phone in use. */
async function wait(ms: number) {
  world.tick(ms);
  await phone.actions.syncNow();
}

describe('somebody who comes home several times a day', () => {
  it('just passes each time, the sound of a pass included, as soon as the window is over', async () => {
    for (let times = 0; times < 4; times++) {
      expect(await show(await resident())).toMatchObject({ reason: 'admitted', sound: 'pass' });
      await wait(windowMs + 1000);
    }
  });

  it('passes without a stop in rapid mode as well', async () => {
    phone.store.setState({
      gate: { id: 'demo-1', name: '西站', venue: 'transit', region: 'CN-TJ' },
    });
    await phone.actions.setSettings({ rapid: true });
    for (let times = 0; times < 3; times++) {
      const shown = await show(await resident());
      expect(shown).toEqual({ reason: undefined, flash: 'pass', sound: 'pass' });
      await wait(windowMs + 1000);
    }
  });

  it('waits as long as the desk has set for this gate', async () => {
    const desk = { gate: 'demo-gate', iat: 1 };
    phone.store.setState({ desk: { ...desk, passBackS: 60 } });
    await show(await resident());
    await wait(61_000);
    expect(await show(await resident())).toMatchObject({ reason: 'admitted' });
    phone.store.setState({ desk: { ...desk, passBackS: 900 } });
    await wait(windowMs + 1000);
    expect(await show(await resident())).toMatchObject({ reason: 'already-scanned' });
  });

  it('is asked who it is within the window, by a sound that is neither a pass nor any other card', async () => {
    await show(await resident());
    await wait(60_000);
    expect(await show(await resident())).toMatchObject({
      reason: 'already-scanned',
      sound: 'repeat',
    });
  });
});
