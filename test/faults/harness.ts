import { type Findings, lookAfter } from './after.ts';
import { createDice, type Dice } from './dice.ts';
import { createFaultPhone, type FaultPhone } from './fault-phone.ts';
import {
  chooseFault,
  FaultCount,
  type FaultKind,
  networkFaults,
  storeFaults,
} from './fault-plan.ts';
import { type DatabaseKind, type HubFarm, startHubs } from './hub-process.ts';
import { nextPerson } from './texts.ts';

export interface FaultRun {
  readonly seed: number;
  /** At least so many people are scanned, and so many faults happen. */
  readonly scans: number;
  readonly faults: number;
  readonly devices: number;
  readonly database: DatabaseKind;
}

export interface FaultResult extends Findings {
  readonly run: FaultRun;
  readonly presented: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly faultTotal: number;
  readonly seconds: number;
}

/** Scans, breaks everything meanwhile, heals it, and compares phones and hub. */
export async function runFaults(run: FaultRun): Promise<FaultResult> {
  const startedAt = performance.now();
  const dice = createDice(run.seed);
  const count = new FaultCount();
  const hubs = await startHubs(run.database);
  try {
    const phones = Array.from({ length: run.devices }, (_, i) =>
      createFaultPhone(originFor(hubs, dice), createDice(run.seed + i), count),
    );
    await Promise.all(phones.map((phone) => phone.enrol()));
    const perPhone = Math.ceil(run.scans / run.devices);
    const killing: Promise<void>[] = [];
    await Promise.all(
      phones.map(async (phone, i) => {
        const own = createDice(run.seed * 31 + i);
        for (let n = 0; n < perPhone || count.total < run.faults; n++) {
          await oneStep(phone, own, run.faults / run.scans, () =>
            hubDies(hubs, own, count, killing),
          );
        }
      }),
    );
    await Promise.all(killing);
    await heal(phones);
    for (const phone of phones) phone.close();
    const findings = await lookAfter(phones, await hubs.inspect());
    const faults = Object.fromEntries([...count.counts].sort());
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const presented = phones.reduce((sum, phone) => sum + phone.presented, 0);
    return { run, presented, ...findings, faults, faultTotal: count.total, seconds };
  } finally {
    await hubs.close();
  }

  async function oneStep(
    phone: FaultPhone,
    own: Dice,
    rate: number,
    killHub: () => void,
  ): Promise<void> {
    // not every armed fault finds its moment: a few more than needed
    if (own.chance(rate * 1.5)) await inject(phone, chooseFault(own), own, count, killHub);
    await phone.present(await nextPerson(own));
    if (own.chance(0.05)) void phone.sync();
    if (own.chance(0.01)) await phone.sync();
  }
}

/** Any replica takes a request in; trust files come from one place, as from a CDN. */
const originFor = (hubs: HubFarm, dice: Dice) => (path: string) =>
  hubs.origin(/^\/v1\/(root|bundle|lists|deltas)/.test(path) ? 0 : dice.whole(hubs.replicas));

function hubDies(hubs: HubFarm, dice: Dice, count: FaultCount, killing: Promise<void>[]): void {
  if (killing.length > 0 && dice.chance(0.5)) return;
  count.done('kill-hub');
  const last = killing.at(-1) ?? Promise.resolve();
  killing.push(last.then(() => hubs.kill(dice.whole(hubs.replicas))));
}

const isOneOf = <T extends string>(kinds: readonly T[], kind: string): kind is T =>
  kinds.some((one) => one === kind);

async function inject(
  phone: FaultPhone,
  kind: FaultKind,
  dice: Dice,
  count: FaultCount,
  killHub: () => void,
): Promise<void> {
  if (kind === 'kill-hub') return killHub();
  if (isOneOf(storeFaults, kind)) return phone.armed.store(kind);
  if (isOneOf(networkFaults, kind)) {
    phone.armed.network(kind);
    void phone.sync();
    return;
  }
  count.done(kind);
  switch (kind) {
    case 'kill-now':
      return phone.close();
    case 'app-update':
      return phone.update();
    case 'two-tabs':
      return phone.secondTab();
    case 'offline-span':
      phone.setOnline(false);
      for (let n = dice.whole(30); n >= 0; n--) await phone.present(await nextPerson(dice));
      return phone.setOnline(true);
    case 'clock-back':
    case 'clock-ahead':
      return wrongClock(phone, kind === 'clock-back' ? -1 : 1, dice);
    case 'clock-back-while-closed':
      phone.close();
      return wrongClock(phone, -24, dice);
  }
}

/** People go on coming while the clock is wrong; then somebody puts it right. */
async function wrongClock(phone: FaultPhone, direction: number, dice: Dice): Promise<void> {
  await moveClock(phone, direction * (150_000 + dice.whole(3_600_000)), direction > 0, dice);
  if (dice.chance(0.5)) phone.armed.store('kill-after-write');
  for (let n = dice.whole(10); n >= 0; n--) await phone.present(await nextPerson(dice));
  if (dice.chance(0.5)) await phone.sync();
  for (let n = dice.whole(10); n >= 0; n--) await phone.present(await nextPerson(dice));
  await moveClock(phone, 0, direction < 0, dice);
  await phone.sync();
}

/**
 * A clock set back may find the app closed, running, or about to be killed. Set ahead while no app
 * runs, or before it wrote that down, is what no phone can know without a network: there one runs, and
 * is left alive until it has seen it.
 */
async function moveClock(phone: FaultPhone, ms: number, ahead: boolean, dice: Dice): Promise<void> {
  if (!ahead) return phone.setClock(ms);
  phone.armed.heal();
  await phone.oneTab();
  await phone.present(await nextPerson(dice));
  phone.setClock(ms);
  await phone.present(await nextPerson(dice));
  await phone.present(await nextPerson(dice));
}

/** Faults end; every phone is started anew and syncs until the hub has all. */
async function heal(phones: readonly FaultPhone[]): Promise<void> {
  for (const phone of phones) {
    phone.armed.heal();
    phone.setOnline(true);
    phone.setClock(0);
    phone.close();
    for (let tries = 0; tries < 50; tries++) {
      await phone.sync();
      if ((await phone.unsynced()) === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
