import { asFault, Fault, type FaultCode } from '../../core/fault.ts';
import { isSure, type TrustedNow } from '../../core/time/trusted-now.ts';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import type { AppConfig, AppPorts } from './app-config.ts';
import { bestEffort } from './best-effort.ts';
import { enrolDemo, enrolWithCode } from './enrol/enrol.ts';
import { readEnrolment } from './enrol/enrolment-code.ts';
import { keepAwake } from './phone/keep-awake.ts';
import { selfCheck } from './phone/self-check.ts';
import { createPresentations, type Presentations } from './scan/presentations.ts';
import { recall } from './scan/recent.ts';
import { createScanSession, type ScanSession } from './scan/scan-session.ts';
import { createTextFingerprint, type TextFingerprint } from './scan/text-fingerprint.ts';
import { createWaysIn, type WaysIn } from './scan/ways-in.ts';
import { createExporter, type Exporter } from './shift/export.ts';
import { recoverShift } from './shift/recover-shift.ts';
import { endShift, handOver, setPaused, startShift } from './shift/shift.ts';
import { type AppStore, clear } from './store.ts';
import type { Enrolment, LogStore } from './stores.ts';
import { createHands, type Hands } from './supervisor/supervisor-actions.ts';
import { type Connector, createConnector } from './sync/connector.ts';
import { createLogWriter, type LogWriter } from './sync/log-writer.ts';
import { purgeLog } from './sync/purge.ts';
import { createReceiptKeeper } from './sync/receipt-keeper.ts';
import { showClock } from './trust/clock-status.ts';
import { createSkewWatch } from './trust/skew-watch.ts';
import { createTrustKeeper } from './trust/trust-keeper.ts';
import { showTrust } from './trust/trust-status.ts';
import { createTrustedClock, type TrustedClock } from './trust/trusted-clock.ts';

/** All that judges, writes and syncs; lives as long as the page. */
export interface Engine {
  readonly session: ScanSession;
  readonly waysIn: WaysIn;
  readonly connector: Connector;
  /** With the text of an operator's QR, or at the demo gate. */
  enrol(link?: string): Promise<void>;
  /** Forgets identity and log, so that the next start enrols anew; only when all is uploaded. */
  forget(): Promise<void>;
  selfCheck(): Promise<void>;
  startShift(operator: string): Promise<void>;
  endShift(): Promise<void>;
  handOver(operator: string): Promise<void>;
  pauseShift(): Promise<void>;
  resumeShift(): Promise<void>;
  readonly exporter: Exporter;
  readonly hands: Hands;
  stop(): void;
}

interface Parts {
  readonly store: AppStore;
  readonly ports: AppPorts;
  readonly config: AppConfig;
  readonly clock: TrustedClock;
  readonly writer: LogWriter;
}

/** Opens the stored trust set, log, clock and memory of presentations, and wires them together. */
export async function startEngine(
  store: AppStore,
  ports: AppPorts,
  config: AppConfig,
): Promise<Engine> {
  let enrolment = await ports.device.enrolment();
  const facts = () => ({
    device: enrolment?.device ?? '',
    gate: enrolment?.gate.id ?? '',
    shift: store.getState().shift?.id ?? '',
    app: config.version,
  });
  const writer = createLogWriter(ports.log, facts, (fault) => showStorage(store, fault));
  const newestEntry = await writtenLast(ports.log);
  const clock = await createTrustedClock({
    ...ports,
    ...(newestEntry !== undefined && { newestEntry }),
    onEvent(event, offsetMs) {
      if (!enrolment) return;
      void writer.note({ type: 'clock', event, offsetMs }, clock.now());
      void clock.persist().catch(() => undefined); // a kill must not make it forgotten
    },
  });
  const trust = await createTrustKeeper(ports.trustStore, config.pinnedRoot, config.demoKeys);
  const view = trust.view();
  if (view) clock.trust(view);
  const presentations = createPresentations(ports.seen);
  const fingerprint = createTextFingerprint(ports.device);
  const monotonic = () => ports.rawClock.monotonic();
  const { spoken = () => '' } = config;
  const { version } = config;
  const receipts = createReceiptKeeper(ports.log, () => clock.now().at);
  const shared = { ...ports, store, clock, trust, writer, receipts, monotonic, spoken, version };
  const hands = createHands(shared);
  const connector = createConnector({ ...shared, enrolment: () => enrolment });
  const parts: Parts = { store, ports, config, clock, writer };

  // a disk that takes nothing shows before the first person does
  await bestEffort(store, () => clock.persist());
  showTrust(store, trust);
  showClock(store, clock);
  if (enrolment) await recoverShift(shared, clock.now());
  await recall(store, ports.log, store.getState().shift?.id);
  connector.start();
  // tidying up: what cannot be purged now will be at the next start or shift end
  const purge = () => void purgeLog(shared).catch(() => undefined);
  void connector.connect().then(purge);
  const ticking = tick(parts, (now) => tidy(now, presentations, fingerprint));
  const awake = keepAwake(store, ports.phone);
  const session = createScanSession({
    ...shared,
    presentations,
    fingerprint,
    watchSkew: createSkewWatch(store),
    refresh: () => void connector.wake(),
  });
  async function enrolWith(link?: string): Promise<void> {
    const enrolled = await enrol(parts, link);
    if (!enrolled) return;
    receipts.forget();
    enrolment = enrolled;
    if (link !== undefined) await hands.showDigits(enrolled);
    await connector.connect();
  }
  return {
    session,
    waysIn: createWaysIn({ ...shared, session, enrol: enrolWith }),
    connector,
    enrol: enrolWith,
    async forget() {
      const [head, cursor] = await Promise.all([ports.log.head(), ports.log.cursor()]);
      if (store.getState().shift || (cursor?.seq ?? 0) < head.seq) return;
      enrolment = undefined;
      await ports.device.setEnrolment(undefined);
      store.setState({ phase: 'enrol' });
    },
    async selfCheck() {
      const phone = await ports.phone?.();
      if (!phone) return;
      store.setState({ checks: await selfCheck(store.getState(), phone, clock.now().at) });
    },
    startShift: (operator) => startShift(shared, operator, clock.now()),
    async endShift() {
      await endShift(shared, clock.now());
      void connector.connect().then(purge);
    },
    handOver: (operator) => handOver(shared, operator, clock.now()),
    pauseShift: () => setPaused(shared, true, clock.now()),
    resumeShift: () => setPaused(shared, false, clock.now()),
    hands,
    exporter: createExporter({ ...shared, config, enrolment: () => enrolment }),
    stop() {
      ticking.stop();
      awake.stop();
      connector.stop();
    },
  };
}

/** A note that waits shows that the disk takes nothing; one that got there, that it does again. */
function showStorage(store: AppStore, storageFault: FaultCode | undefined): void {
  if (storageFault) store.setState({ storageFault });
  else clear(store, 'storageFault');
}

/** It is not earlier than the newest entry, whatever the clock was worth then: every entry is a word on time, kept on disk. */
async function writtenLast(log: LogStore): Promise<EpochMillis | undefined> {
  const { seq } = await log.head();
  const [newest] = seq === 0 ? [] : await log.read(seq, 1);
  return newest && epochMillis(newest.at);
}

/** Every 5 s: looks at the clocks and writes down what time it is (protocol 5); every hour tidies up. */
function tick({ store, clock }: Parts, hourly: (now: TrustedNow) => void): { stop(): void } {
  let timer: number;
  let ticks = 0;
  const next = () => {
    timer = setTimeout(() => {
      showClock(store, clock);
      void clock.persist().catch(() => undefined);
      if (ticks++ % 720 === 0) hourly(clock.now());
      next();
    }, 5000);
  };
  next();
  return { stop: () => clearTimeout(timer) };
}

/** Lets go of what was kept for a day only. */
function tidy(now: TrustedNow, presentations: Presentations, fingerprint: TextFingerprint): void {
  void fingerprint.renew(now.at);
  // a clock that ran ahead for a moment must not empty the memory of who was let in
  if (isSure(now)) void presentations.forget(now.at).catch(() => undefined);
}

async function enrol(
  { store, ports, clock }: Parts,
  link: string | undefined,
): Promise<Enrolment | undefined> {
  if (store.getState().enrolling === 'busy') return undefined;
  clear(store, 'enrolHub');
  const offer = link === undefined ? undefined : readEnrolment(link, ports.remote.origin);
  if (offer && !offer.ok) {
    const { problem } = offer.error;
    store.setState({
      enrolling: problem,
      ...('hub' in offer.error && { enrolHub: offer.error.hub }),
    });
    return undefined;
  }
  store.setState({ enrolling: 'busy' });
  try {
    // a new device begins a new log; what the hub has not confirmed is never thrown away
    if (!(await ports.log.startOver()))
      throw new Fault('storage-corrupt', 'entries of a device lost');
    const { at } = clock.now();
    const enrolled = await (offer ? enrolWithCode(ports, offer.value, at) : enrolDemo(ports, at));
    if (!enrolled.ok) {
      store.setState({ enrolling: enrolled.error });
      return undefined;
    }
    store.setState({ phase: 'ready', gate: enrolled.value.gate, enrolling: 'idle' });
    return enrolled.value;
  } catch (thrown) {
    store.setState({ enrolling: 'idle', fault: asFault(thrown, 'key-unavailable').code });
    return undefined;
  }
}
