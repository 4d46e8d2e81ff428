import { randomUUID } from 'node:crypto';
import { createLeader } from '../../src/browser/leader.ts';
import { epochMillis, monotonicMillis } from '../../src/core/units.ts';
import { pinnedRoot } from '../../src/demo/demo-keys.ts';
import type { EventRemote } from '../../src/ports/event-remote.ts';
import type { Remote } from '../../src/ports/remote.ts';
import type { Clock } from '../../src/ports/world.ts';
import { type App, startApp } from '../../src/scanner/app/app.ts';
import type { Card } from '../../src/scanner/app/scan/scan-state.ts';
import type { AppState } from '../../src/scanner/app/state.ts';
import { type AppStore, createAppStore } from '../../src/scanner/app/store.ts';
import { tableWords } from '../../src/scanner/words/table-words.ts';
import { fakeFeedback } from '../support/fakes/fake-feedback.ts';
import { fakeReader } from '../support/fakes/fake-reader.ts';
import { fakeSharer } from '../support/fakes/fake-sharer.ts';
import { inTime, pause, Stuck, until } from '../support/in-time.ts';
import { Armed } from './armed.ts';
import type { Dice } from './dice.ts';
import type { FaultCount } from './fault-plan.ts';
import { hostileNetwork } from './hostile-network.ts';
import { createLife, type Life, mortal } from './mortal.ts';
import { openDisk } from './phone-disk.ts';
import type { Presented } from './texts.ts';
import { Witness } from './witness.ts';
import { createWrongDates } from './wrong-dates.ts';

interface Tab {
  readonly app: App;
  readonly store: AppStore;
  readonly life: Life;
}

export interface PhoneParts {
  readonly origin: (path: string) => string;
  readonly dice: Dice;
  readonly count: FaultCount;
  /** The true time. */
  now(): number;
  /** At a gate of a site: what lies between it and the others. */
  readonly line?: SiteLine;
}

/** One start of the app asks for its own. */
export interface SiteLine {
  readonly claimMs: number;
  events(life: Life): EventRemote;
  claims(remote: Remote, life: Life): Remote;
}

export type FaultPhone = ReturnType<typeof createFaultPhone>;

/** Longer than a round with a hub that answers nothing. */
const actionMs = 150_000;

/** A phone with the real app and its real stores on a disk that outlives every kill. */
export function createFaultPhone({ origin, dice, count, now, line }: PhoneParts) {
  const name = randomUUID();
  const disk = openDisk(name);
  const armed = new Armed(count, dice);
  const witness = new Witness();
  const dates = createWrongDates();
  const files = fakeSharer();
  const network = { isOnline: true, takesUploads: true };
  let tabs: Tab[] = [];
  let opening: Promise<Tab> | undefined;
  let wrongMs = 0;
  /** Asleep, the monotonic clock of a phone stands still. */
  let sleepsSince: number | undefined;
  let sleptMs = 0;
  let version = 1;
  let presented = 0;

  /** Opens the app, again and again if it is killed while starting. */
  async function openTab(): Promise<Tab> {
    for (let tries = 0; tries < 100; tries++) {
      const tab = await tryOpen().catch(() => undefined);
      if (tab) return tab;
      await pause(1);
    }
    throw new Stuck('the app does not start');
  }

  async function tryOpen(): Promise<Tab | undefined> {
    const life = createLife();
    const store = createAppStore(true, true);
    const { hangUp, ...stores } = openDisk(name);
    const parts = { life, armed, dice, hangUp };
    void life.death.then(hangUp).catch(() => undefined);
    const remote = hostileNetwork({ origin, dice, armed, life, network, witness, dates });
    const events = line?.events(life);
    const ports = {
      rawClock: clockOfTab(),
      random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
      log: mortal('log', witness.watch(stores.log), parts),
      device: mortal('device', stores.device, parts),
      trustStore: mortal('trust', stores.trust, parts),
      seen: mortal('seen', stores.seen, parts),
      remote: line?.claims(remote, life) ?? remote,
      ...(events && { events: async () => events }),
      reader: fakeReader(),
      leader: createLeader(undefined), // no locks between tabs: it must be right without them
      feedback: fakeFeedback(),
      files,
    };
    const starting = startApp(store, ports, {
      version: `0.1.${version}`,
      trustAnchor: async () => ({ pinnedRoot: pinnedRoot() }),
      language: 'zh-CN',
      tableWords,
      applyUpdate: () => undefined,
      ...(line && { claimMs: line.claimMs }),
    }).then(async (app) => {
      app.ready.catch(() => undefined);
      await app.ready;
      return app;
    });
    starting.catch(() => life.kill());
    const opened = Promise.race([starting, life.death.then(() => undefined)]);
    const app = await inTime('starting the app', 60_000, opened);
    return app && { app, store, life };
  }

  function clockOfTab(): Clock {
    const bootedAt = performance.now() - sleptMs;
    return {
      wall: () => epochMillis(Math.round(now() + wrongMs)),
      monotonic: () => monotonicMillis((sleepsSince ?? performance.now()) - bootedAt - sleptMs),
    };
  }

  function end({ app, life }: Tab): void {
    life.kill();
    app.stop();
  }

  function close(): void {
    tabs.forEach(end);
    tabs = [];
  }

  /** The first tab, opened once however many ask for it. */
  function firstTab(): Promise<Tab> {
    opening ??= openTab()
      .then((opened) => {
        tabs.push(opened);
        return opened;
      })
      .finally(() => {
        opening = undefined;
      });
    return opening;
  }

  /** A tab that is alive. */
  async function tab(): Promise<Tab> {
    tabs.filter(({ life }) => life.dead).forEach(end);
    tabs = tabs.filter(({ life }) => !life.dead);
    return tabs[dice.whole(Math.max(1, tabs.length))] ?? firstTab();
  }

  /** Does something in a tab, unless it dies on the way. */
  async function within(what: string, task: (tab: Tab) => Promise<unknown>): Promise<void> {
    const alive = await tab();
    await inTime(what, actionMs, Promise.race([task(alive), alive.life.death]));
  }

  return {
    disk,
    armed,
    witness,
    dates,
    network,
    exported: files.shared,
    get presented() {
      return presented;
    },
    close,
    /** By an operator's code, or as the demo does. */
    async enrol(link?: string) {
      await until('enrolling', actionMs, async () => {
        await within('enrolling', async ({ app: { actions } }) => {
          if (link === undefined) return actions.enrolDemo();
          await actions.present(link, 'wedge');
          await actions.confirmEnrolment();
        });
        return (await disk.device.enrolment()) !== undefined;
      });
    },
    /** Somebody shows a text; what the card says is kept, and given where the app lived to show it. */
    async present(person: Presented): Promise<Card | undefined> {
      presented++;
      let seen: Card | undefined;
      await within(`a ${person.kind} code`, async ({ app, store, life }) => {
        if (!store.getState().shift) await app.actions.startShift('7', 'thermal-camera');
        const done = async () => {
          app.actions.dismissCard();
          // a check waits for it, also where its word cannot be written yet
          await (line ? app.actions.refuse('other') : app.actions.letIn());
        };
        await done();
        const from = now();
        const left = store.getState().card;
        await app.actions.present(person.text, 'wedge');
        const { card } = store.getState();
        const isNew = card && card.id !== left?.id;
        if (isNew && !life.dead) {
          seen = card;
          witness.shown.push({ person, card, wrongMs, from, to: now() });
        }
        if (!life.dead) await done();
      });
      return seen;
    },
    /** Something a guard or a supervisor does. */
    act: (what: string, task: (app: App['actions'], state: AppState) => Promise<unknown>) =>
      within(what, ({ app, store }) => task(app.actions, store.getState())),
    /** What the first tab shows. */
    state: async (): Promise<AppState> => (await tab()).store.getState(),
    /** One of those who came lately comes again, if there is one. */
    again(): Presented | undefined {
      const lately = witness.shown.slice(-12).filter(({ person }) => person.mayPass);
      return lately[dice.whole(Math.max(1, lately.length))]?.person;
    },
    /** A round with the hub; not waited for by the guard. */
    sync: () => within('a round with the hub', ({ app }) => app.actions.syncNow()),
    /** Nobody has another one open. */
    async endShift() {
      await until('the end of the shift', actionMs, async () => {
        await within('the end of the shift', ({ app }) => app.actions.endShift());
        return (await disk.device.shift()) === undefined;
      });
    },
    exportJson: () => within('an export', ({ app }) => app.actions.exportLog('json')),
    /** Closes all tabs but one. */
    async oneTab(): Promise<Life> {
      const kept = await tab();
      tabs.filter((one) => one !== kept).forEach(end);
      tabs = [kept];
      return kept.life;
    },
    async secondTab() {
      tabs.push(await openTab());
    },
    /** Somebody sets the clock; how wrong it was before. */
    setClock(ms: number) {
      wrongMs = ms;
    },
    /** What the first tab says of its clock. */
    async clock() {
      return (await tab()).store.getState().clock;
    },
    async sleep(ms: number) {
      sleepsSince = performance.now();
      await pause(ms);
      sleptMs += performance.now() - sleepsSince;
      sleepsSince = undefined;
    },
    get wrongMs() {
      return wrongMs;
    },
    update() {
      version++;
      close();
    },
    async unsynced(): Promise<number> {
      return (await disk.log.head()).seq - ((await disk.log.cursor())?.seq ?? 0);
    },
  };
}
