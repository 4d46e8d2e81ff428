import { inTime, until } from '../support/in-time.ts';
import { type Findings, lookAfter, nothingFound } from './after.ts';
import { createDice, type Dice } from './dice.ts';
import { createFaultPhone, type FaultPhone } from './fault-phone.ts';
import {
  datedFaults,
  dealFaults,
  FaultCount,
  type FaultPlan,
  isOneOf,
  kindsOn,
  siteKindsOn,
} from './fault-plan.ts';
import { type DatabaseKind, type HubFarm, startHubs } from './hub-process.ts';
import { inject } from './inject.ts';
import { createLiar } from './liar.ts';
import { createSite } from './site/site.ts';
import { nextPerson } from './texts.ts';

export interface FaultRun {
  readonly seed: number;
  /** At least so many people are scanned, and so many faults happen. */
  readonly scans: number;
  readonly faults: number;
  readonly devices: number;
  readonly database: DatabaseKind;
  /** Only these faults, to look for a cause; all by default. */
  readonly only?: readonly string[];
  /** Told every 30 s how far it is. */
  readonly tell?: (progress: string) => void;
}

export interface FaultResult extends Findings {
  readonly run: FaultRun;
  readonly presented: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly faultTotal: number;
  /** Milliseconds until a phone was sure of its time again after the mend, by kind. */
  readonly recoveries: Readonly<Record<string, readonly number[]>>;
  readonly seconds: number;
  /** What ended the run before its time, and where everybody was. */
  readonly trouble?: string;
}

/** A run takes so many weeks of everybody's time, so that old shifts are purged. */
const weeks = 3;
const weekMs = 8 * 24 * 3_600_000;

/** A phone that is not sure of its time 10 minutes after the mend. */
const unrecovered = ({ recoveries }: FaultCount): number =>
  [...recoveries.values()].flat().filter((ms) => ms > 600_000).length;

type World = Awaited<ReturnType<typeof createWorld>>;

async function createWorld(run: FaultRun) {
  const dice = createDice(run.seed);
  const { database, only } = run;
  const isWanted = (kind: string) => only?.includes(kind) ?? true;
  const kinds = kindsOn(database).filter(isWanted);
  const siteKinds = siteKindsOn(database).filter(isWanted);
  const count = new FaultCount([...kinds, ...siteKinds]);
  const steps = Math.ceil(run.scans / run.devices);
  const plans = dealFaults(dice, kinds, { ...run, steps });
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const hubs = await startHubs(run.database);
  const phones = plans.map((_, i) =>
    createFaultPhone({
      origin: originFor(hubs, dice),
      dice: createDice(run.seed + i),
      count,
      now,
    }),
  );
  const liar = await createLiar(hubs.origin, now);
  const aside: Promise<unknown>[] = [];
  const startAside = (task: Promise<unknown>) => {
    aside.push(task);
    task.catch((why) => breakOff(why));
  };
  // each kind at least once, and more in a long run
  const rounds = Math.max(siteKinds.length, Math.ceil(run.faults / 5));
  const siteParts = { dice: createDice(run.seed + 7919), count, hubs, now };
  const site = createSite({ ...siteParts, kinds: siteKinds, rounds, weeks, aside: startAside });
  let breakOff: (why: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    breakOff = reject;
  });
  broken.catch(() => undefined);
  return {
    ...{ run, dice, steps, plans, count, hubs, phones, site, liar, now },
    /** Where everybody is, for the case that somebody does not come on. */
    where: new Map<string, string>(),
    aside: startAside,
    /** Rejects with the first thing started aside that failed: nothing after it would say anything. */
    broken,
    settled: () => Promise.all(aside),
    async nextWeek() {
      aheadMs += weekMs;
      await hubs.setAhead(aheadMs);
    },
  };
}

/** Any replica takes a request in; trust files come from one place, as from a CDN. */
const originFor = (hubs: HubFarm, dice: Dice) => (path: string) =>
  hubs.origin(/^\/v1\/(root|bundle|lists|deltas)/.test(path) ? 0 : dice.whole(hubs.replicas));

/** Scans, breaks everything meanwhile, heals it, and compares phones and hub. */
export async function runFaults(run: FaultRun): Promise<FaultResult> {
  const startedAt = performance.now();
  const world = await createWorld(run);
  const { count, phones, hubs, site } = world;
  const telling = setInterval(() => run.tell?.(progressOf(world, startedAt)), 30_000);
  try {
    const ended = await Promise.race([live(world), world.broken]).then(
      () => undefined,
      (thrown: unknown) => tellTrouble(world, thrown),
    );
    for (const phone of [...phones, ...site.phones]) phone.close();
    const findings = await lookAfter(world).catch((thrown: unknown) => `${thrown}`);
    const found = typeof findings === 'string' ? nothingFound : findings;
    const trouble = ended ?? (typeof findings === 'string' ? findings : undefined);
    return {
      run,
      presented: phones.reduce((sum, phone) => sum + phone.presented, 0),
      ...found,
      wrong: {
        ...found.wrong,
        unfinished: trouble === undefined ? 0 : 1,
        unrecovered: unrecovered(count),
      },
      faults: Object.fromEntries([...count.counts].sort()),
      faultTotal: count.total,
      recoveries: Object.fromEntries([...count.recoveries].sort()),
      seconds: Math.round((performance.now() - startedAt) / 1000),
      ...(trouble !== undefined && { trouble }),
    };
  } finally {
    clearInterval(telling);
    await hubs.close();
  }
}

function progressOf({ phones, count, where }: World, startedAt: number): string {
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  const presented = phones.reduce((sum, phone) => sum + phone.presented, 0);
  const all = [...where.values()].join('; ');
  return `${minutes} min, ${presented} presented, ${count.total} faults · ${all}`;
}

async function live(world: World): Promise<void> {
  const { phones, where, site } = world;
  await site.open();
  await Promise.all(phones.map((phone) => phone.enrol()));
  const [loner] = phones;
  if (loner) loner.network.isOnline = false;
  if (loner) world.count.done('offline-whole-run');
  for (let week = 0; week < weeks; week++) {
    if (week > 0) await weekEnds(world);
    await Promise.all([site.week(week), ...phones.map((_, i) => liveWeek(world, week, i))]);
    await inTime('what was started aside', 300_000, world.settled());
  }
  where.clear();
  await Promise.all([...phones, ...site.phones].map(heal));
  await world.liar.repeat();
}

async function liveWeek(world: World, week: number, i: number): Promise<void> {
  const { phones, plans, steps, run, where, now } = world;
  const phone = phones[i];
  const plan: FaultPlan = plans[i] ?? new Map();
  if (!phone) return;
  const dice = createDice(run.seed * 31 + i * weeks + week);
  const struck = { ...world, phone, dice };
  const [from, to] = [week, week + 1].map((n) => Math.floor((steps * n) / weeks));
  for (let step = from ?? 0; step < (to ?? 0); step++) {
    for (const kind of plan.get(step) ?? []) {
      // a clock nobody can put right again would end the loner's work
      if (i === 0 && (kind.startsWith('clock') || isOneOf(datedFaults, kind))) continue;
      where.set(`phone ${i}`, `step ${step}, ${kind}`);
      await inject(kind, struck);
      if (i === 0) phone.network.isOnline = false;
    }
    where.set(`phone ${i}`, `step ${step}`);
    const again = dice.chance(0.1) ? phone.again() : undefined;
    await phone.present(again ?? (await nextPerson(dice, now())));
    if (dice.chance(0.05)) world.aside(phone.sync());
    if (dice.chance(0.01)) await phone.sync();
  }
  where.set(`phone ${i}`, 'done');
}

/**
 * A week passes. Shifts are over, and at the next starts those receipted are purged; every second
 * phone cannot upload then, so it may purge nothing more.
 */
async function weekEnds(world: World): Promise<void> {
  const { phones, count, dice, now } = world;
  for (const [i, phone] of phones.entries()) {
    await inStep(phone);
    if (i % 2 === 1) {
      phone.network.takesUploads = false;
      for (let n = 0; n < 5; n++) await phone.present(await nextPerson(dice, now()));
      count.done('uploads-refused-at-purge');
    }
    await phone.endShift();
    await phone.sync();
    phone.close();
  }
  await world.nextWeek();
  for (const phone of phones) {
    const before = phone.witness.purgedThrough;
    const hasPurged = async () => phone.witness.purgedThrough > before;
    phone.armed.store('kill-at-purge');
    for (let starts = 0; starts < 2; starts++) {
      await phone.sync(); // learns what time it is, and purges
      await until('a purge', 2000, hasPurged).catch(() => undefined);
      phone.close();
    }
    phone.network.takesUploads = true;
  }
}

/** Faults end, and the phone's log is exported. */
async function heal(phone: FaultPhone): Promise<void> {
  phone.network.isOnline = true;
  phone.setClock(0);
  await inStep(phone);
  await phone.exportJson();
  await inStep(phone);
}

/** Started anew, the phone syncs until the hub has all of its log; what is left then is counted. */
async function inStep(phone: FaultPhone): Promise<void> {
  phone.armed.heal();
  phone.close();
  await phone.sync();
  if (!phone.network.isOnline) return;
  const isDone = async () => {
    await phone.sync();
    return (await phone.unsynced()) === 0;
  };
  await until('a phone in step', 150_000, isDone, 200).catch(() => undefined);
}

function tellTrouble({ where, run }: World, thrown: unknown): string {
  const said = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const all = [...where].map(([who, what]) => `${who}: ${what}`).join('; ');
  return `${said}\n  seed ${run.seed}, ${all}`;
}
