import { pause, until } from '../support/in-time.ts';
import type { Dice } from './dice.ts';
import type { FaultPhone } from './fault-phone.ts';
import {
  type DatedFault,
  type DealtFault,
  type DeviceFault,
  datedFaults,
  type FaultCount,
  type HubFault,
  isOneOf,
  networkFaults,
  storeFaults,
} from './fault-plan.ts';
import type { HubFarm } from './hub-process.ts';
import type { Liar } from './liar.ts';
import { codeOfAge, nextPerson } from './texts.ts';

export interface Struck {
  readonly phone: FaultPhone;
  readonly hubs: HubFarm;
  readonly liar: Liar;
  readonly dice: Dice;
  readonly count: FaultCount;
  /** The true time. */
  now(): number;
  /** Starts something nobody waits for; a failure ends the run at the next step. */
  aside(task: Promise<unknown>): void;
}

/** Makes one fault happen, at once or at the next moment that fits. */
export async function inject(kind: DealtFault, struck: Struck): Promise<void> {
  const { phone, count } = struck;
  if (isOneOf(storeFaults, kind)) return phone.armed.store(kind);
  if (isOneOf(networkFaults, kind)) {
    phone.armed.network(kind);
    struck.aside(phone.sync());
    return;
  }
  if (isOneOf(datedFaults, kind)) return dateWrongly(kind, struck);
  if (isHubFault(kind)) {
    strikeHub(kind, struck);
    return;
  }
  count.done(kind);
  await strikePhone(kind, struck);
  if (kind.startsWith('clock')) await recover(kind, struck);
}

const recoveryMs = 600_000;

/** One word from above is dated wrongly, people go on coming, then it is put right. */
async function dateWrongly(kind: DatedFault, struck: Struck): Promise<void> {
  const { phone, dice, count } = struck;
  if (dice.chance(0.3)) phone.close(); // a clock that nothing has borne out yet
  phone.dates.arm(kind, 150_000 + dice.whole(40 * 24 * 3_600_000), (done) => count.done(done));
  await phone.sync();
  await people(struck, 1 + dice.whole(8));
  phone.dates.mend();
  await recover(kind, struck);
}

/** Mended: how long until the phone is sure of its time again, in rounds with whatever is still broken. */
async function recover(kind: DatedFault | DeviceFault, { phone, count }: Struck): Promise<void> {
  const from = performance.now();
  const isBack = async () => {
    await phone.sync();
    return (await phone.clock()) === 'synced';
  };
  const isDone = await until('a phone to recover', recoveryMs, isBack, 200).then(
    () => true,
    () => false,
  );
  count.recovered(kind, isDone ? performance.now() - from : Number.POSITIVE_INFINITY);
}

const isHubFault = (kind: HubFault | DeviceFault): kind is HubFault =>
  isOneOf(['kill-hub', 'kill-postmaster', 'kill-backend', 'fork', 'hub-restored'], kind);

function strikeHub(kind: HubFault, { hubs, liar, dice, count, aside }: Struck): void {
  const deeds: Record<HubFault, () => Promise<unknown>> = {
    'kill-hub': () => hubs.kill(dice.whole(hubs.replicas)),
    'kill-postmaster': () => hubs.killPostgres(),
    'kill-backend': () => hubs.killBackend(),
    fork: () => hubs.leftAlone(liar.fork),
    'hub-restored': async () => {
      await hubs.save();
      await pause(dice.whole(3000)); // what comes in meanwhile is what the hub will have lost
      await hubs.putBack();
    },
  };
  // there may be no backend to kill just then
  aside(deeds[kind]().then((done) => done === false || count.done(kind)));
}

async function strikePhone(kind: DeviceFault, struck: Struck): Promise<void> {
  const { phone, dice } = struck;
  const someMs = 150_000 + dice.whole(3_600_000);
  switch (kind) {
    case 'kill-now':
      return phone.close();
    case 'app-update':
      return phone.update();
    case 'two-tabs':
      return phone.secondTab();
    case 'offline-span':
      phone.network.isOnline = false;
      await people(struck, 1 + dice.whole(30));
      phone.network.isOnline = true;
      return;
    case 'clock-back':
      return wrongClock(struck, async () => phone.setClock(-someMs), -someMs);
    case 'clock-back-while-closed':
      phone.close();
      return wrongClock(struck, async () => phone.setClock(-24 * someMs), -24 * someMs);
    case 'clock-back-in-sleep':
      return wrongClock(struck, () => sleepAnd(struck, -someMs), -someMs);
    case 'clock-back-after-nap':
      await phone.sleep(2500); // after which the clock is not sure, and still remembers
      await people(struck, 3);
      phone.close();
      return wrongClock(struck, async () => phone.setClock(-24 * someMs), -24 * someMs);
    case 'clock-creeps-back':
      return wrongClock(struck, () => creep(struck, -150_000), -150_000);
    case 'clock-ahead':
      return wrongClock(struck, () => leapAhead(struck, someMs), someMs);
  }
}

/** People go on coming while the clock is wrong, some with a code fresh to it; then it is put right. */
async function wrongClock(
  struck: Struck,
  set: () => Promise<void>,
  wrongMs: number,
): Promise<void> {
  const { phone, dice, now } = struck;
  await set();
  if (dice.chance(0.5)) phone.armed.store('kill-at-append');
  const cheat = async () => phone.present(await codeOfAge(-wrongMs, dice, now()));
  await cheat();
  await people(struck, dice.whole(10));
  if (dice.chance(0.3)) phone.close();
  await cheat();
  await people(struck, dice.whole(10));
  if (wrongMs < 0) await pause(3500); // a clock that stands still would be seen by now
  await people(struck, 1);
  if (dice.chance(0.5)) await phone.sync();
  await cheat();
  if (wrongMs < 0) await leapAhead(struck, 0);
  else phone.setClock(0);
}

/**
 * Set ahead while no app runs, or before it wrote that down, is what no phone can know without a
 * network: so one runs, and is left alive until it has seen it.
 */
async function leapAhead({ phone, dice, now }: Struck, ms: number): Promise<void> {
  const before = phone.wrongMs;
  const present = async () => phone.present(await nextPerson(dice, now()));
  for (let tries = 0; tries < 20; tries++) {
    phone.armed.heal();
    const life = await phone.oneTab();
    await present();
    phone.setClock(ms);
    await present();
    await present();
    if (!life.dead) return;
    phone.setClock(before); // it died of something older
    await phone.sync();
  }
}

/** Asleep, and meanwhile somebody sets the clock. */
async function sleepAnd({ phone }: Struck, ms: number): Promise<void> {
  const asleep = phone.sleep(2500);
  phone.setClock(ms);
  await asleep;
}

/** Set back in steps too small to see. */
async function creep({ phone, dice, now }: Struck, ms: number): Promise<void> {
  phone.armed.heal();
  await phone.oneTab();
  for (let wrong = -1500; wrong >= ms; wrong -= 1500) {
    phone.setClock(wrong);
    if (dice.chance(0.5)) await phone.present(await nextPerson(dice, now()));
  }
}

async function people({ phone, dice, now }: Struck, n: number): Promise<void> {
  for (let left = n; left > 0; left--) await phone.present(await nextPerson(dice, now()));
}
