import type { JsonObject } from '../../../core/json.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import { isSure } from '../../../core/time/trusted-now.ts';
import { toSeconds } from '../../../core/units.ts';
import type { Remote } from '../../../ports/remote.ts';
import type { Clock, Leader, RandomBytes } from '../../../ports/world.ts';
import type { AppStore } from '../store.ts';
import type { Enrolment, LogStore } from '../stores.ts';
import { showClock } from '../trust/clock-status.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import { showTrust } from '../trust/trust-status.ts';
import type { TrustedClock } from '../trust/trusted-clock.ts';
import { heardRemote } from './heard-remote.ts';
import { createLane, everyMs, type Worked } from './lane.ts';
import { createLogSync, type LogSync } from './log-sync.ts';
import type { LogWriter } from './log-writer.ts';
import type { ReceiptKeeper } from './receipt-keeper.ts';
import type { SyncProblem } from './sync-state.ts';

export interface ConnectorNeeds {
  readonly store: AppStore;
  readonly clock: TrustedClock;
  readonly trust: TrustKeeper;
  readonly writer: LogWriter;
  readonly log: LogStore;
  readonly receipts: ReceiptKeeper;
  readonly remote: Remote;
  readonly random: RandomBytes;
  readonly leader: Leader;
  readonly monotonic: Clock['monotonic'];
  /** Receipt keys of the bundle in force; none without one. */
  receiptKeys(): readonly PublicJwk[];
  enrolment(): Enrolment | undefined;
  /** Hears what the hub answered to an upload beside its receipt. */
  told?(reply: JsonObject): Promise<void>;
  /** Tells the hub how this phone is, now and then or, in a hurry, with the next round. */
  readonly teller: { hurry(): void; work(remote: Remote): Promise<Worked> };
}

export interface SyncActions {
  /** Everything now: trust and lists first, then time, and the log. Never rejects. */
  syncNow(): Promise<void>;
}

export interface Connector extends SyncActions {
  /** The same, unless a busy hub has asked to be left alone for longer. */
  wake(): Promise<void>;
  /** The log alone, what is being written now included, under the same condition. */
  upload(): Promise<void>;
  /** Now and every 60 s from a moment drawn at random, with backoff while the hub does not answer, until `stop`. */
  start(): void;
  stop(): void;
}

const timeSyncEveryMs = 300_000;
const askAgainAfterMs = 1100;
/** How long an upload lets the trust files go first. On a slow line a list takes hours: then side by side. */
const headStartMs = 20_000;

/**
 * Everything that needs the network; nothing else in the app waits for it. Trust and time are one
 * lane, the upload is another, the phone's word on itself a third: each has its own pace and its own failures, and no step needs the one
 * before it to work, or the disk to be written (protocol 7).
 */
export function createConnector(parts: ConnectorNeeds): Connector {
  const { store, clock, trust, receipts, writer, random, monotonic } = parts;
  let timeSyncedAt = Number.NEGATIVE_INFINITY;
  /** The last signed time asked for in this run of the app agreed with the clock and the bundle in hand. */
  let isBorneOut = false;
  let known: { readonly device: string; readonly sync: LogSync } | undefined;

  async function refreshTrust(remote: Remote): Promise<Worked> {
    // only a clock that is sure, and borne out lately, can tell what is dated ahead
    if (!isSure(clock.now()) || !isBorneOut) await syncTime(remote);
    const now = clock.now();
    const mayRefuse = isSure(now) && isBorneOut;
    const outcome = await trust.refresh(remote, mayRefuse ? toSeconds(now.at) : undefined);
    const view = trust.view();
    if (view) clock.trust(view);
    showTrust(store, trust, outcome.kind === 'refused' ? outcome.problem : undefined);
    showClock(store, clock);
    if (outcome.kind === 'updated' && view && parts.enrolment()) {
      const body = { type: 'trust', bundle: view.bundle.version, root: view.root.version } as const;
      await writer.note(body, clock.now());
    }
    if (outcome.kind === 'partly') return 'again';
    return outcome.kind === 'offline' ? 'failed' : 'done';
  }

  async function syncTime(remote: Remote): Promise<void> {
    const isDue = monotonic() - timeSyncedAt > timeSyncEveryMs;
    const view = trust.view();
    if (!view || (!isDue && clock.now().quality === 'synced')) return;
    let outcome = await clock.sync(remote, view);
    if (outcome === 'ask-again') {
      // two words that agree, far enough apart to be two: protocol 5.3
      await new Promise<void>((resolve) => setTimeout(resolve, askAgainAfterMs));
      outcome = await clock.sync(remote, view);
    }
    if (outcome === 'synced') timeSyncedAt = monotonic();
    isBorneOut = outcome === 'synced';
    showClock(store, clock);
  }

  /** One per device: it remembers what the hub has answered for. */
  function syncOf(enrolment: Enrolment, remote: Remote): LogSync {
    if (enrolment.device !== known?.device) {
      const { log, receiptKeys, told } = parts;
      const now = () => clock.now().at;
      const its = { log, receipts, remote, random, enrolment, receiptKeys, now, monotonic };
      const heard = { ...its, ...(told && { told }) };
      known = { device: enrolment.device, sync: createLogSync(heard) };
    }
    return known.sync;
  }

  async function uploadLog(remote: Remote): Promise<SyncProblem | undefined> {
    const enrolment = parts.enrolment();
    if (!enrolment) return undefined;
    await Promise.all([writer.settle(), receipts.settle()]);
    const sync = syncOf(enrolment, remote);
    let outcome: SyncProblem | 'done' = 'done';
    await parts.leader.run('kakou-sync', async () => {
      outcome = await sync.upload(() => countWaiting(parts));
    });
    await countWaiting(parts);
    return outcome === 'done' ? undefined : outcome;
  }

  async function upload(remote: Remote): Promise<Worked> {
    store.setState(({ sync }) => ({ sync: { ...sync, busy: true } }));
    await atMost(headStartMs, trusting.running());
    // no other step of an upload can break than reading the log
    const problem = await uploadLog(remote).catch((): SyncProblem => 'storage');
    store.setState(({ sync: { problem: _, ...sync } }) => ({
      sync: { ...sync, busy: false, ...(problem && { problem }) },
    }));
    return problem === undefined || problem === 'fork' ? 'done' : 'failed';
  }

  const shared = { remote: heardRemote(parts.remote, store), random, monotonic };
  const trusting = createLane({
    ...shared,
    async work(remote) {
      const before = store.getState().unreached;
      const worked = await refreshTrust(remote).catch((): Worked => 'failed');
      await syncTime(remote);
      // the hub is back: the log does not wait out a pause that was for its absence
      if (before !== undefined && store.getState().unreached === undefined)
        void Promise.all([uploading.wake(), telling.wake()]);
      return worked;
    },
  });
  const uploading = createLane({ ...shared, work: upload });
  const telling = createLane({
    ...shared,
    async work(remote) {
      await atMost(headStartMs, uploading.running());
      return parts.teller.work(remote);
    },
  });
  const lanes = [trusting, uploading, telling];
  const all = async (act: 'run' | 'wake') => {
    await Promise.all(lanes.map((lane) => lane[act]()));
  };
  return {
    syncNow() {
      parts.teller.hurry();
      return all('run');
    },
    wake: () => all('wake'),
    async upload() {
      await uploading.running();
      await uploading.wake();
    },
    start() {
      // tablets that get their power back together do not ask together ever after; one moment for all
      // lanes, so that a phone's radio wakes once a minute
      const firstMs = everyMs * (1 - (random(1)[0] ?? 0) / 512);
      for (const lane of lanes) lane.start(firstMs);
    },
    stop() {
      for (const lane of lanes) lane.stop();
    },
  };
}

type Counted = Pick<ConnectorNeeds, 'store' | 'log' | 'receipts'>;

async function countWaiting({ store, log, receipts }: Counted): Promise<void> {
  const [head, receipt] = await Promise.all([log.head(), receipts.newest()]);
  const unsynced = Math.max(0, head.seq - (receipt?.seq ?? 0));
  store.setState(({ sync }) => ({
    sync: { ...sync, unsynced, ...(receipt && { lastAt: receipt.at }) },
  }));
}

/** Waits for it, but no longer than that. */
async function atMost(ms: number, task: Promise<void> | undefined): Promise<void> {
  if (!task) return;
  let timer: number | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([task, over]);
  clearTimeout(timer);
}
