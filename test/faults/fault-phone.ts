import { type App, startApp } from '../../src/app/app.ts';
import type { Card } from '../../src/app/state.ts';
import { type AppStore, createAppStore } from '../../src/app/store.ts';
import { epochMillis, monotonicMillis } from '../../src/core/units.ts';
import { pinnedRoot } from '../../src/issuer/keys.ts';
import { fakeFeedback } from '../support/fakes/fake-feedback.ts';
import { fakeLeader } from '../support/fakes/fake-leader.ts';
import { fakeReader } from '../support/fakes/fake-reader.ts';
import { fakeSharer } from '../support/fakes/fake-sharer.ts';
import { memoryDeviceStore } from '../support/fakes/memory-device-store.ts';
import { memoryLogStore } from '../support/fakes/memory-log-store.ts';
import { memorySeenStore } from '../support/fakes/memory-seen-store.ts';
import { memoryTrustStore } from '../support/fakes/memory-trust-store.ts';
import type { Dice } from './dice.ts';
import { Armed, type FaultCount } from './fault-plan.ts';
import { hostileNetwork } from './hostile-network.ts';
import { createLife, type Life, mortal } from './mortal.ts';
import type { Presented } from './texts.ts';

/** A verdict a guard saw. */
export interface Shown {
  readonly person: Presented;
  readonly card: Card;
  /** How wrong the phone's clock was then, in milliseconds. */
  readonly wrongMs: number;
}

interface Tab {
  readonly app: App;
  readonly store: AppStore;
  readonly life: Life;
}

export type FaultPhone = ReturnType<typeof createFaultPhone>;

/** A phone with the real app, disks that outlive every kill, and a clock somebody may set. */
export function createFaultPhone(origin: (path: string) => string, dice: Dice, count: FaultCount) {
  const disk = {
    log: memoryLogStore(),
    device: memoryDeviceStore(),
    trust: memoryTrustStore(),
    seen: memorySeenStore(),
  };
  const armed = new Armed(count);
  const shown: Shown[] = [];
  let tabs: Tab[] = [];
  let opening: Promise<Tab> | undefined;
  let wrongMs = 0;
  let isOnline = true;
  let version = 1;
  let presented = 0;

  /** Opens the app, again and again if it is killed while starting. */
  async function openTab(): Promise<Tab> {
    for (;;) {
      const tab = await tryOpen().catch(() => undefined);
      if (tab) return tab;
    }
  }

  async function tryOpen(): Promise<Tab | undefined> {
    const life = createLife();
    const bootedAt = performance.now();
    const store = createAppStore(true, true);
    const ports = {
      clock: {
        wall: () => epochMillis(Date.now() + wrongMs),
        monotonic: () => monotonicMillis(performance.now() - bootedAt),
      },
      random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
      log: mortal(disk.log, life, armed),
      device: mortal(disk.device, life, armed),
      trust: mortal(disk.trust, life, armed),
      seen: mortal(disk.seen, life, armed),
      remote: hostileNetwork({ origin, dice, armed, life, isOnline: () => isOnline }),
      reader: fakeReader(),
      leader: fakeLeader(),
      feedback: fakeFeedback(),
      files: fakeSharer(),
    };
    const starting = startApp(store, ports, {
      version: `0.1.${version}`,
      pinnedRoot: pinnedRoot(),
      language: 'zh-CN',
      csvWords: () => Promise.reject(new Error('not here')),
      applyUpdate: () => undefined,
    }).then(async (app) => {
      app.ready.catch(() => undefined);
      await app.ready;
      return app;
    });
    starting.catch(() => undefined);
    const app = await Promise.race([starting, life.death.then(() => undefined)]);
    return app && { app, store, life };
  }

  function close(): void {
    for (const { app, life } of tabs) {
      life.kill();
      app.stop();
    }
    tabs = [];
  }

  /** The first tab, opened once however many ask for it. */
  function firstTab(): Promise<Tab> {
    opening ??= openTab().then((opened) => {
      opening = undefined;
      tabs.push(opened);
      return opened;
    });
    return opening;
  }

  /** A tab that is alive. */
  async function tab(): Promise<Tab> {
    tabs = tabs.filter(({ app, life }) => {
      if (life.dead) app.stop();
      return !life.dead;
    });
    return tabs[dice.whole(Math.max(1, tabs.length))] ?? firstTab();
  }

  /** Does something in a tab, unless it dies on the way. */
  async function within(task: (tab: Tab) => Promise<unknown>): Promise<void> {
    const alive = await tab();
    await Promise.race([task(alive), alive.life.death]);
  }

  return {
    disk,
    armed,
    shown,
    get presented() {
      return presented;
    },
    within,
    close,
    async enrol() {
      while (!(await disk.device.enrolment())) await within(({ app }) => app.actions.enrolDemo());
      await within(({ app }) => app.actions.startShift('7'));
    },
    /** Somebody shows a text; what the card says is kept. */
    async present(person: Presented) {
      presented++;
      await within(async ({ app, store, life }) => {
        if (!store.getState().shift) await app.actions.startShift('7');
        app.actions.dismissCard();
        await app.actions.present(person.text, 'wedge');
        const { card } = store.getState();
        if (card && !life.dead) shown.push({ person, card, wrongMs });
        app.actions.dismissCard();
      });
    },
    /** A round with the hub; not waited for by the guard. */
    sync: () => within(({ app }) => app.actions.syncNow()),
    /** Closes all tabs but one. */
    async oneTab() {
      const kept = await tab();
      for (const { app, life } of tabs.filter((one) => one !== kept)) {
        life.kill();
        app.stop();
      }
      tabs = [kept];
    },
    async secondTab() {
      tabs.push(await openTab());
    },
    setOnline(online: boolean) {
      isOnline = online;
    },
    /** Somebody sets the clock while the app runs. */
    setClock(ms: number) {
      wrongMs = ms;
    },
    update() {
      version++;
      close();
    },
    unsynced: async () => (await disk.log.head()).seq - ((await disk.log.cursor())?.seq ?? 0),
  };
}
