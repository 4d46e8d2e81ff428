import { epochMillis } from '../../../src/core/units.ts';
import { demoKeys, pinnedRoot } from '../../../src/demo/demo-keys.ts';
import type { CameraStatus, CodeReader } from '../../../src/ports/code-reader.ts';
import { type App, startApp } from '../../../src/scanner/app/app.ts';
import { type AppStore, createAppStore } from '../../../src/scanner/app/store.ts';
import type { Gate } from '../../../src/scanner/app/stores.ts';
import { tableWords } from '../../../src/scanner/words/table-words.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeFeedback } from '../fakes/fake-feedback.ts';
import { fakeLeader } from '../fakes/fake-leader.ts';
import { fakePhone } from '../fakes/fake-phone.ts';
import { fakeRandom } from '../fakes/fake-random.ts';
import { fakeSharer } from '../fakes/fake-sharer.ts';
import { memoryDeviceStore } from '../fakes/memory-device-store.ts';
import { memoryLogStore } from '../fakes/memory-log-store.ts';
import { memorySeenStore } from '../fakes/memory-seen-store.ts';
import { memoryTrustStore } from '../fakes/memory-trust-store.ts';
import { lightHub, lineTo } from './light-hub.ts';

/** One page of the tablet's browser; `strokes`: calls of a store until its power goes. */
interface Life {
  dead: boolean;
  strokes?: number | undefined;
}
export interface Tab {
  readonly app: App;
  readonly store: AppStore;
  readonly life: Life;
  readonly camera: ReturnType<typeof weekCamera>;
}

export interface TabletOptions {
  /** Where it stands. Default: a compound, where everybody is measured before the code. */
  readonly venue?: Gate['venue'];
  /** Nobody stands at it yet. */
  readonly isOff?: true;
}
const never = new Promise<never>(() => undefined);

/** A page whose power may go before a store has done what it was asked, or right after. */
function mortal<Store extends object>(store: Store, life: Life, dies: () => void): Store {
  const stroke = (): boolean => {
    if (life.strokes !== undefined && --life.strokes <= 0) dies();
    return life.dead;
  };
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        if (life.dead || stroke()) return never;
        const done = await member.apply(target, args);
        return life.dead || stroke() ? never : done;
      };
    },
  });
}

/** A camera that is let go when nobody uses it for a minute, and may be taken away. */
function weekCamera(now: () => number, isBroken: () => CameraStatus | undefined) {
  let on: Parameters<CodeReader['start']>[0] | undefined;
  let held = false;
  let usedAt = 0;
  let status: CameraStatus = { kind: 'off' };
  const tell = (next: CameraStatus) => {
    status = next;
    on?.status(next);
  };
  const reader: CodeReader = {
    async start(listener) {
      on = listener;
      usedAt = now();
      tell({ kind: 'starting' });
      tell(isBroken() ?? { kind: 'live', torch: false, lenses: 1 });
    },
    stop() {
      tell({ kind: 'off' });
      on = undefined;
    },
    hold(next) {
      held = next;
      usedAt = now();
    },
    setTorch: async () => undefined,
    nextLens: async () => undefined,
    setZoom: async () => undefined,
    decoderName: () => 'wasm',
    readPicture: async () => [],
  };
  return {
    reader,
    show(text: string): void {
      if (on && !held && status.kind === 'live') on.text(text);
    },
    /** Its track ended, its decoder hung, or nobody used it. */
    lose: tell,
    look(): void {
      if (status.kind === 'live' && now() - usedAt > 60_000) tell({ kind: 'paused' });
    },
  };
}

/** A kiosk's tablet, its disk, its line and its hub, in a time of their own. */
export async function createTablet(start: number, options: TabletOptions = {}) {
  const { venue = 'residential', isOff } = options;
  const gate: Gate = { id: 'demo-gate', name: '图书馆', venue, region: 'CN-TJ' };
  /** As it is, and as the tablet has it. */
  const [truth, clock] = [fakeClock(start), fakeClock(start)];
  const disk = {
    log: memoryLogStore(),
    device: memoryDeviceStore(),
    trustStore: memoryTrustStore(),
    seen: memorySeenStore(),
  };
  const made = await disk.device.createKey();
  const device = { device: 'kiosk-1', gate, enrolledAt: epochMillis(start), ...made };
  await disk.device.setEnrolment(device);
  const plan = { isOn: true, camera: 'front', scannedWith: 'thermal-camera' };
  if (!isOff) await disk.device.changeKiosk(() => plan);
  const hub = await lightHub(truth.wall, device);
  const random = fakeRandom(11);
  const state = { isOnline: true, broken: undefined as CameraStatus | undefined, version: 1 };
  const tabs: Tab[] = [];
  let leader = fakeLeader();
  let cuts = 0;
  let reloads = 0;
  let watch: (tab: Tab) => void = () => undefined;

  /** The power goes: every page ends where it is. */
  function cut(): void {
    cuts++;
    for (const { life, app } of tabs.splice(0)) {
      life.dead = true;
      app.stop();
    }
    leader = fakeLeader(); // the browser lets a dead page's locks go
  }

  async function open(): Promise<void> {
    const before = cuts;
    const life: Life = { dead: false };
    const camera = weekCamera(clock.monotonic, () => state.broken);
    const store = createAppStore(true, state.isOnline);
    const again = () => {
      reloads++;
      cut();
    };
    const ports = {
      ...{ rawClock: clock, random, reader: camera.reader, leader },
      log: mortal(disk.log, life, cut),
      device: mortal(disk.device, life, cut),
      trustStore: mortal(disk.trustStore, life, cut),
      seen: mortal(disk.seen, life, cut),
      remote: mortal(
        lineTo(hub, () => state.isOnline),
        life,
        cut,
      ),
      ...{ feedback: fakeFeedback(), files: fakeSharer(), phone: async () => fakePhone() },
    };
    const config = {
      version: `0.1.${state.version}`,
      trustAnchor: async () => ({ pinnedRoot: pinnedRoot(), demoKeys: [] }),
      language: 'zh-CN',
      tableWords,
      applyUpdate() {
        state.version++;
        again();
      },
      reload: again,
    } as const;
    const app = await startApp(
      store,
      { ...ports, remote: { ...ports.remote, online: () => state.isOnline } },
      config,
    );
    await app.ready.catch(() => undefined); // a page that does not start is not open
    if (cuts !== before) life.dead = true; // the power went as it was opened
    if (life.dead) return app.stop();
    const tab = { app, store, life, camera };
    tabs.push(tab);
    watch(tab);
  }

  return {
    ...{ truth, clock, disk, hub, state, tabs, keys: demoKeys(), cut, open },
    /** Somebody closes all but one. */
    oneTab(): void {
      for (const { life, app } of tabs.splice(1)) {
        life.dead = true;
        app.stop();
      }
    },
    onTab: (look: (tab: Tab) => void) => {
      watch = look;
    },
    get cuts() {
      return cuts;
    },
    get reloads() {
      return reloads;
    },
  };
}
