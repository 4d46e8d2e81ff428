import { toHex } from '../../src/core/bytes.ts';
import { derivePin } from '../../src/core/enrol/pin.ts';
import { withPin } from '../../src/scanner/app/supervisor/pin-record.ts';
import { createWorld, type World } from './world.ts';

export type OpenPhone = Awaited<ReturnType<World['open']>>;
export interface OnePhone {
  world: World;
  phone: OpenPhone;
}

/** A world with one phone, enrolled at the demo gate. */
export async function enrolledPhone(): Promise<OnePhone> {
  const world = await createWorld();
  const phone = await world.open();
  await phone.actions.enrolDemo();
  return { world, phone };
}

/** The same in a running shift of guard 7. */
export async function phoneOnShift(): Promise<OnePhone> {
  const one = await enrolledPhone();
  await one.phone.actions.startShift('7');
  return one;
}

/** A supervisor's PIN on the phone, of few rounds, so that trying it takes no time. */
export async function givePin({ device }: World, pin: string): Promise<void> {
  const salt = new Uint8Array(16);
  const hash = { salt: toHex(salt), rounds: 1000, hash: await derivePin(pin, salt, 1000) };
  await device.changeSupervisor(() => withPin(undefined, hash));
}

/** Lets people with good passes in, one after the other. */
export async function scan({ world, phone }: OnePhone, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await phone.actions.present(await world.pass(), 'wedge');
    phone.actions.dismissCard();
  }
}
