import { type EpochMillis, epochMillis, toSeconds } from '../../../src/core/units.ts';
import { demoAuthority } from '../../../src/demo/demo-authority.ts';
import { demoKeys, pinnedRoot } from '../../../src/demo/demo-keys.ts';
import { demoPass } from '../../../src/demo/demo-pass.ts';
import type { Remote } from '../../../src/ports/remote.ts';
import { type App, startApp } from '../../../src/scanner/app/app.ts';
import { type AppStore, createAppStore } from '../../../src/scanner/app/store.ts';
import type { Gate } from '../../../src/scanner/app/stores.ts';
import { tableWords } from '../../../src/scanner/words/table-words.ts';
import { fakeClock } from '../../support/fakes/fake-clock.ts';
import { fakeFeedback } from '../../support/fakes/fake-feedback.ts';
import { fakeLeader } from '../../support/fakes/fake-leader.ts';
import { fakePhone } from '../../support/fakes/fake-phone.ts';
import { fakeRandom } from '../../support/fakes/fake-random.ts';
import { fakeReader } from '../../support/fakes/fake-reader.ts';
import type { RemoteCall } from '../../support/fakes/fake-remote.ts';
import { fakeSharer } from '../../support/fakes/fake-sharer.ts';
import { memoryDeviceStore } from '../../support/fakes/memory-device-store.ts';
import { memoryLogStore } from '../../support/fakes/memory-log-store.ts';
import { memorySeenStore } from '../../support/fakes/memory-seen-store.ts';
import { memoryTrustStore } from '../../support/fakes/memory-trust-store.ts';
import { lightHub, lineTo } from '../../support/kiosk-week/light-hub.ts';
import { watchWork, weekTimers } from '../../support/kiosk-week/timers.ts';
import { type Asked, asked, type Trace } from './trace.ts';

type Authority = Awaited<ReturnType<typeof demoAuthority>>;
/** What of the world all phones share. */
interface City {
  readonly authority: Authority;
  now(): EpochMillis;
  isOnline(): boolean;
  record(entry: Asked): void;
  sinceStart(): number;
  readonly clock: ReturnType<typeof fakeClock>;
}

/** One phone: the whole app of the scanner on stores in memory, before a hub of its own in this process. */
async function createPhone(number: number, seed: number, city: City) {
  const { clock } = city;
  const gate: Gate = { id: `gate-${number}`, name: '车站', venue: 'transit', region: 'CN-TJ' };
  const device = memoryDeviceStore();
  const enrolment = {
    device: `phone-${number}`,
    gate,
    enrolledAt: epochMillis(clock.wall()),
    ...(await device.createKey()),
  };
  await device.setEnrolment(enrolment);
  const hub = await lightHub(city.now, enrolment, city.authority);
  const stores = { log: memoryLogStore(), trustStore: memoryTrustStore(), seen: memorySeenStore() };
  const random = fakeRandom(seed * 1000 + number);
  const line = lineTo(hub, city.isOnline);
  const send = async (call: RemoteCall, ask: () => ReturnType<Remote['get']>) => {
    const atMs = city.sinceStart();
    const got = await ask();
    if (city.isOnline()) city.record(asked(number, atMs, call, got));
    return got;
  };
  const remote: Remote = {
    ...line,
    get: (path, options) =>
      send({ method: 'GET', path, ...options }, () => line.get(path, options)),
    post: (path, body, options) =>
      send({ method: 'POST', path, body, ...options }, () => line.post(path, body, options)),
  };
  let app: App | undefined;
  let store: AppStore | undefined;
  return {
    hub,
    get isOpen() {
      return app !== undefined;
    },
    state: () => store?.getState(),
    async open(): Promise<void> {
      store = createAppStore(true, city.isOnline());
      const ports = {
        ...{ rawClock: clock, random, remote, device, ...stores, leader: fakeLeader() },
        ...{ reader: fakeReader(), feedback: fakeFeedback(), files: fakeSharer() },
        phone: async () => fakePhone(),
      };
      app = await startApp(store, ports, {
        version: '0.1.0',
        trustAnchor: async () => ({ pinnedRoot: pinnedRoot(), demoKeys: [] }),
        language: 'zh-CN',
        tableWords,
        applyUpdate: () => undefined,
      });
      await app.ready;
    },
    startShift: async () => app?.actions.startShift('7', 'thermal-camera'),
    async present(text: string): Promise<void> {
      app?.actions.dismissCard();
      await app?.actions.present(text, 'wedge');
    },
    network: (isOnline: boolean) => app?.networkChanged(isOnline),
    stop: () => app?.stop(),
  };
}

export type CityPhone = Awaited<ReturnType<typeof createPhone>>;

/**
 * Some phones of a city in a time of their own: the app that guards hold, every request of which is
 * written down. `start`: when their day begins, in milliseconds UTC.
 */
export async function createCity(many: number, seed: number, start: number) {
  const clock = fakeClock(start);
  const work = watchWork();
  const authority = await demoAuthority({ now: () => toSeconds(clock.wall()) });
  const all: Asked[] = [];
  const line = { isOnline: true };
  const city: City = {
    ...{ authority, clock },
    now: () => clock.wall(),
    isOnline: () => line.isOnline,
    record: (entry) => void all.push(entry),
    sinceStart: () => clock.wall() - start,
  };
  const phones: CityPhone[] = [];
  for (let i = 0; i < many; i++) phones.push(await createPhone(i, seed, city));
  const timers = weekTimers(clock.monotonic);
  const keys = demoKeys();
  let passes = 0;

  return {
    phones,
    now: () => clock.wall() - start,
    trace: (): Trace => ({ phones: many, asked: all }),
    /** The network goes, or comes back, for everybody in the same moment. */
    setOnline(isOnline: boolean): void {
      line.isOnline = isOnline;
      for (const phone of phones) phone.network(isOnline);
    },
    /** A green code stamped now, which nobody has shown before. */
    async code(): Promise<string> {
      const id = ++passes;
      const made = await demoPass(keys, {
        ...{ issuer: 'CN-TJ', state: 'g', kind: 'live', form: 'cwt' },
        at: toSeconds(clock.wall()),
        jti: Uint8Array.from({ length: 12 }, (_, i) => (id >> (8 * (i % 4))) & 0xff),
      });
      if (!made.ok) throw new Error(made.error);
      return made.value.text;
    },
    async pass(ms: number): Promise<void> {
      clock.tick(ms);
      timers.runDue();
      await work.settle();
    },
    /** Until `isSo`, in real time: lists are being unpacked, which no timer tells of. */
    async waitFor(isSo: () => boolean): Promise<void> {
      for (let tries = 0; tries < 2000 && !isSo(); tries++) await timers.breathe();
      if (!isSo()) throw new Error('the phones of the city do not come on');
      await work.settle();
    },
    close(): void {
      for (const phone of phones) phone.stop();
      timers.close();
      work.close();
    },
  };
}
export type PhonesOfCity = Awaited<ReturnType<typeof createCity>>;
