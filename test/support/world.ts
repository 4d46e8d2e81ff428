import { type EpochMillis, epochMillis, toSeconds } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { demoKeys, pinnedRoot } from '../../src/demo/demo-keys.ts';
import { type DemoPassRequest, demoPass } from '../../src/demo/demo-pass.ts';
import { createHub } from '../../src/hub/app.ts';
import type { Sql } from '../../src/node/database.ts';
import type { Browser } from '../../src/ports/phone.ts';
import { type App, startApp } from '../../src/scanner/app/app.ts';
import type { AppState } from '../../src/scanner/app/state.ts';
import { createAppStore } from '../../src/scanner/app/store.ts';
import { tableWords } from '../../src/scanner/words/table-words.ts';
import { openEmbedded } from './embedded.ts';
import { fakeClock } from './fakes/fake-clock.ts';
import { fakeEvents } from './fakes/fake-events.ts';
import { fakeFeedback } from './fakes/fake-feedback.ts';
import { fakeLeader } from './fakes/fake-leader.ts';
import { fakePhone } from './fakes/fake-phone.ts';
import { fakeRandom } from './fakes/fake-random.ts';
import { fakeReader } from './fakes/fake-reader.ts';
import { answer, fakeRemote, type RemoteCall } from './fakes/fake-remote.ts';
import { fakeSharer } from './fakes/fake-sharer.ts';
import { memoryDeviceStore } from './fakes/memory-device-store.ts';
import { memoryLogStore } from './fakes/memory-log-store.ts';
import { memorySeenStore } from './fakes/memory-seen-store.ts';
import { memoryTrustStore } from './fakes/memory-trust-store.ts';

export type World = Awaited<ReturnType<typeof createWorld>>;

/**
 * One phone with everything real but its edges, and one real hub (embedded PostgreSQL, in this
 * process) it reaches through a network the test can cut. One clock drives both.
 */
export async function createWorld(start = Date.UTC(2026, 5, 1, 8)) {
  const clock = fakeClock(start);
  const hubClock = fakeClock(start);
  const hub = await openHub(() => hubClock.wall());
  const remote = fakeRemote(hub.handle);
  const events = fakeEvents(hub.request, remote.online);
  const random = fakeRandom(7);
  const stores = {
    log: memoryLogStore(),
    device: memoryDeviceStore(),
    trustStore: memoryTrustStore(),
    seen: memorySeenStore(),
  };
  let app: App | undefined;
  let jti = 0;

  return {
    clock,
    /** The hub's own. */
    hubClock,
    hub,
    remote,
    events,
    ...stores,
    /** Time passes for everybody. */
    tick(ms: number) {
      clock.tick(ms);
      hubClock.tick(ms);
    },
    /** Opens the app over what is on disk, as after a (re)start. */
    async open({
      version = '0.1.0',
      applyUpdate = () => {},
      /** Built on a root that is the demo one, and the demo keys it knows otherwise. */
      demo = true,
      demoKeys = [] as readonly string[],
      /** Cards wait longer for a claim than phones do: this machine is busy. */
      claimMs = 20_000,
      /** In which browser, where it matters. */
      browser = undefined as Browser | undefined,
    } = {}) {
      app?.stop();
      const store = createAppStore(demo, true);
      const reader = fakeReader();
      const feedback = fakeFeedback();
      const files = fakeSharer();
      const ports = {
        rawClock: clock,
        random,
        remote,
        events: async () => events,
        reader,
        leader: fakeLeader(),
        feedback,
        files,
        ...stores,
        ...(browser && {
          phone: async () =>
            fakePhone({
              browser: () => browser,
              hostApp: () => (browser === 'in-app' ? 'wechat' : undefined),
            }),
        }),
      };
      app = await startApp(store, ports, {
        version,
        trustAnchor: async () => ({ pinnedRoot: pinnedRoot(), demoKeys }),
        language: 'zh-CN',
        claimMs,
        tableWords,
        spoken: (language, { state, reason }) => `${language} ${state} ${reason}`,
        applyUpdate,
      });
      await app.ready;
      const begun = app.actions;
      // guards of these tests stand behind a thermal camera, unless a test says otherwise
      const actions: typeof begun = {
        ...begun,
        startShift: (name, measured = 'thermal-camera') => begun.startShift(name, measured),
        handOver: (name, measured = 'thermal-camera') => begun.handOver(name, measured),
      };
      const state = (): AppState => store.getState();
      return { app, actions, state, store, reader, feedback, files };
    },
    /** A demo pass stamped now (or `ageS` seconds ago), each with its own id. */
    async pass(request: Partial<DemoPassRequest> = {}, ageS = 0) {
      const made = await demoPass(demoKeys(), {
        issuer: 'CN-TJ',
        state: 'g',
        kind: 'live',
        form: 'cwt',
        at: (toSeconds(hubClock.wall()) - ageS) as DemoPassRequest['at'],
        jti: Uint8Array.from({ length: 12 }, (_, i) => (i === 0 ? ++jti : i)),
        ...request,
      });
      if (!made.ok) throw new Error(made.error);
      return made.value.text;
    },
    close() {
      app?.stop();
    },
  };
}

/** One embedded database for all worlds of a worker: a device is new in each. */
let database: Promise<Sql> | undefined;

async function openHub(time: () => EpochMillis) {
  let aheadMs = 0;
  const wall = () => epochMillis(time() + aheadMs);
  database ??= openEmbedded();
  const sql = await database;
  const authority = await demoAuthority({ now: () => toSeconds(wall()) });
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const hub = createHub({
    authority,
    sql,
    clock: { wall, monotonic: () => performance.now() as never },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    log: silent,
  });
  return {
    sql,
    request: (path: string, init: RequestInit) => hub.request(path, init),
    /** Sets the hub's own clock wrong by so much. */
    setAhead(ms: number) {
      aheadMs = ms;
    },
    async handle(call: RemoteCall) {
      const init = { method: call.method, headers: headersOf(call), body: call.body ?? null };
      const response = await hub.request(call.path, init);
      const body = new Uint8Array(await response.arrayBuffer());
      return answer(response.status, body, response.headers.get('etag') ?? undefined);
    },
    /** Seqs the hub holds of a device, ascending. */
    async seqs(device: string | undefined) {
      const held = await sql.query<{ seq: number }>(
        'select seq from scans where device = $1 order by seq',
        [device],
      );
      return held.map(({ seq }) => Number(seq));
    },
  };
}

function headersOf(call: RemoteCall): Record<string, string> {
  return {
    ...(call.contentType && { 'content-type': call.contentType }),
    ...(call.etag && { 'if-none-match': call.etag }),
  };
}
