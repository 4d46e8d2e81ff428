import { epochSeconds, toSeconds } from '../core/units.ts';
import { createLogSync, type LogSync } from './log-sync.ts';
import type { LogWriter } from './log-writer.ts';
import { patientRemote } from './patient-remote.ts';
import type { Clock, Enrolment, Leader, LogStore, RandomBytes, Remote } from './ports.ts';
import type { SyncProblem } from './state.ts';
import type { AppStore } from './store.ts';
import type { TrustKeeper } from './trust-keeper.ts';
import { showTrust } from './trust-status.ts';
import type { TrustedClock } from './trusted-clock.ts';

export interface ConnectorParts {
  readonly store: AppStore;
  readonly clock: TrustedClock;
  readonly trust: TrustKeeper;
  readonly writer: LogWriter;
  readonly log: LogStore;
  readonly remote: Remote;
  readonly random: RandomBytes;
  readonly leader: Leader;
  readonly monotonic: Clock['monotonic'];
  enrolment(): Enrolment | undefined;
}

export interface Connector {
  /** One round now: trust and lists first, then time, then the log. Never rejects. */
  connect(): Promise<void>;
  /** The same, unless a busy hub has asked to be left alone for longer. */
  wake(): Promise<void>;
  /** Rounds every 60 s, with backoff while the hub does not answer, until `stop`. */
  start(): void;
  stop(): void;
}

const everyMs = 60_000;
const backoffCapMs = 300_000;
const timeSyncEveryMs = 600_000;

/** Everything that needs the network. Nothing else in the app waits for it. */
export function createConnector(parts: ConnectorParts): Connector {
  const { store, clock, trust } = parts;
  const remote = patientRemote(parts.remote, (seconds) => {
    askedMs = Math.max(askedMs, seconds * 1000);
  });
  let timer: number | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  /** What a busy hub asked for in this round, and the monotonic time before which nothing wakes us. */
  let askedMs = 0;
  let quietUntil = Number.NEGATIVE_INFINITY;
  let timeSyncedAt = Number.NEGATIVE_INFINITY;
  let known: { readonly device: string; readonly sync: LogSync } | undefined;

  async function refreshTrust(): Promise<void> {
    const { at, quality } = clock.now();
    const isGood = quality === 'synced' || quality === 'held';
    const outcome = await trust.refresh(remote, isGood ? toSeconds(at) : undefined);
    const view = trust.view();
    if (view) {
      clock.proof(epochSeconds(view.bundle.iat));
      for (const list of view.lists.values()) clock.proof(list.iat);
    }
    showTrust(store, view, outcome.kind === 'refused' ? outcome.problem : undefined);
    if (outcome.kind === 'updated' && view && parts.enrolment()) {
      const body = { type: 'trust', bundle: view.bundle.version, root: view.root.version } as const;
      await parts.writer.append(body, clock.now());
    }
  }

  async function syncTime(): Promise<void> {
    const isDue = parts.monotonic() - timeSyncedAt > timeSyncEveryMs;
    const view = trust.view();
    if (!view || (!isDue && clock.now().quality === 'synced')) return;
    if (await clock.sync(remote, view.bundle.hub.timeKeys)) timeSyncedAt = parts.monotonic();
    store.setState({ clock: clock.now().quality });
  }

  /** One per device: it remembers what the hub has answered for. */
  function syncOf(enrolment: Enrolment): LogSync {
    if (enrolment.device !== known?.device) {
      const { log, random } = parts;
      const receiptKeys = () => trust.view()?.bundle.hub.receiptKeys ?? [];
      const now = () => clock.now().at;
      const sync = createLogSync({ log, remote, random, enrolment, receiptKeys, now });
      known = { device: enrolment.device, sync };
    }
    return known.sync;
  }

  async function uploadLog(): Promise<SyncProblem | undefined> {
    const enrolment = parts.enrolment();
    if (!enrolment) return undefined;
    const sync = syncOf(enrolment);
    let outcome: SyncProblem | 'done' = 'done';
    await parts.leader.run('kakou-sync', async () => {
      outcome = await sync.upload(() => countWaiting(store, parts.log));
    });
    await countWaiting(store, parts.log);
    return outcome === 'done' ? undefined : outcome;
  }

  async function round(): Promise<void> {
    store.setState(({ sync }) => ({ sync: { ...sync, busy: true } }));
    let problem: SyncProblem | undefined = 'server';
    askedMs = 0;
    try {
      await refreshTrust();
      await syncTime();
      problem = await uploadLog();
    } catch {
      // a broken store shows itself where it matters, at the next scan; the round is tried again
    }
    failures = problem ? failures + 1 : 0;
    quietUntil = parts.monotonic() + askedMs;
    store.setState(({ sync: { problem: _, ...sync } }) => ({
      online: parts.remote.online() && problem !== 'offline',
      sync: { ...sync, busy: false, ...(problem && { problem }) },
    }));
  }

  function connect(): Promise<void> {
    running ??= round().finally(() => {
      running = undefined;
    });
    return running;
  }

  /** As long as the hub asked; else 2ⁿ s after failures, at most five minutes; else 60 s. Not all phones at once. */
  function pause(): number {
    const random = (parts.random(1)[0] ?? 0) / 256;
    if (askedMs > 0) return askedMs * (1 + random / 4);
    if (failures === 0) return everyMs;
    return Math.min(backoffCapMs, 1000 * 2 ** Math.min(failures, 10)) * (0.5 + random / 2);
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void connect().then(schedule), pause());
  }

  return {
    connect,
    wake: () => (parts.monotonic() < quietUntil ? Promise.resolve() : connect()),
    start: () => void connect().then(schedule),
    stop: () => clearTimeout(timer),
  };
}

async function countWaiting(store: AppStore, log: LogStore): Promise<void> {
  const [head, cursor] = await Promise.all([log.head(), log.cursor()]);
  const unsynced = Math.max(0, head.seq - (cursor?.seq ?? 0));
  store.setState(({ sync }) => ({
    sync: { ...sync, unsynced, ...(cursor && { lastAt: cursor.at }) },
  }));
}
