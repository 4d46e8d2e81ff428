import type { FaultCode } from '../../core/fault.ts';
import type { ScannedWith } from '../../core/log/outcome.ts';
import type { Language } from '../../core/terms.ts';
import type { EngineActions } from './actions.ts';
import type { AppConfig, AppPorts } from './app-config.ts';
import { bestEffort } from './best-effort.ts';
import { createDeskSettings } from './desk/desk-settings.ts';
import { createTeller } from './desk/teller.ts';
import { createEnrolling, type Identity } from './enrol/enrolling.ts';
import { newestWord, startHeartbeat } from './heartbeat.ts';
import { createKiosk } from './kiosk/kiosk.ts';
import { keepAwake } from './phone/keep-awake.ts';
import { createSelfCheck } from './phone/self-check.ts';
import { createTimings } from './phone/timings.ts';
import { createHeadCounter } from './place/head-counter.ts';
import { createPlaceActions } from './place/place-actions.ts';
import { showPlace } from './place/show-place.ts';
import { recall } from './scan/recent.ts';
import { createScanActions } from './scan/scan-actions.ts';
import { createScanSession, type ScanSession } from './scan/scan-session.ts';
import { createPresentations } from './scan/shown/presentations.ts';
import { rehearseSoon } from './scan/shown/rehearse-soon.ts';
import { createTextFingerprint } from './scan/shown/text-fingerprint.ts';
import { createWhoPassed } from './scan/shown/who-passed.ts';
import { createWaysIn } from './scan/ways-in.ts';
import { createExports } from './shift/export.ts';
import { recoverShift } from './shift/recover-shift.ts';
import { createRunningShift } from './shift/running-shift.ts';
import { createNeighbours } from './sightings/neighbours.ts';
import { type AppStore, clear } from './store.ts';
import { createPinKeeper } from './supervisor/pin-keeper.ts';
import { createSupervisorActions } from './supervisor/supervisor-actions.ts';
import { createComeback } from './sync/comeback.ts';
import { createConnector } from './sync/connector.ts';
import { createLogWriter } from './sync/log-writer.ts';
import { purgeLog } from './sync/purge.ts';
import { createReceiptKeeper } from './sync/receipt-keeper.ts';
import { showClock } from './trust/clock-status.ts';
import { createSkewWatch } from './trust/skew-watch.ts';
import { createTrustKeeper } from './trust/trust-keeper.ts';
import { showTrust } from './trust/trust-status.ts';
import { createTrustedClock } from './trust/trusted-clock.ts';

/** All that judges, writes and syncs; lives as long as the page. */
export interface Engine {
  /** What the screens ask of it. */
  readonly actions: EngineActions;
  readonly session: ScanSession;
  /** With the text of an operator's QR. */
  enrol(link: string): Promise<void>;
  /** Begins a shift and its camera. Throws a `Fault` where the disk does not take it. */
  openShift(operator: string, scannedWith?: ScannedWith): Promise<void>;
  /** The network may be back: catch up, unless a busy hub asked to be left alone. */
  wake(): Promise<void>;
  /** The phone says that it has a network, or none. */
  networkChanged(isOnline: boolean): void;
  stop(): void;
}

export interface EngineNeeds {
  readonly store: AppStore;
  readonly ports: AppPorts;
  readonly config: AppConfig;
  readonly camera: { start(): Promise<void>; stop(): void };
}

/** Opens the stored trust set, log, clock and memory of presentations, and wires them together. */
export async function startEngine({ store, ports, config, camera }: EngineNeeds): Promise<Engine> {
  const kept = await ports.device.enrolment();
  const isSettled = kept?.unconfirmed === undefined;
  const identity: Identity = { enrolment: isSettled ? kept : undefined };
  const shared = { ...ports, ...(await openShared(store, ports, config, identity)) };
  const loadLanguage = async (language: Language) => config.loadLanguage?.(language);
  const desk = createDeskSettings({ ...shared, language: config.language, loadLanguage });
  const parts = { ...shared, desk };
  const { clock, trust } = parts;
  const neighbours = createNeighbours({
    ...{ ...parts, uploadSoon: () => connector.upload() },
    ...(config.claimMs !== undefined && { claimMs: config.claimMs }),
  });
  const told = neighbours.take;
  const connector = createConnector({ ...parts, told, teller: createTeller({ ...parts, told }) });

  // a disk that takes nothing shows before the first person does
  await bestEffort(store, () => clock.persist());
  const unplaced = store.subscribe((now, before) => {
    if (now.desk !== before.desk) showPlace(store, trust);
  });
  showTrust(store, trust);
  showClock(store, clock);
  if (identity.enrolment) await recoverShift(parts, clock.now());
  await Promise.all([desk.open(), neighbours.open()]);
  await recall(store, ports.log, store.getState().shift?.id);
  store.setState({ recalled: true });
  // not waited for: until then no number of people inside is shown
  void bestEffort(store, () => parts.heads.recall());
  connector.start();
  // tidying up: what cannot be purged now will be at the next start or shift end
  const syncAndPurge = () =>
    void connector.syncNow().then(() => purgeLog(parts).catch(() => undefined));
  syncAndPurge();
  const heartbeat = startHeartbeat(parts);
  const rehearsal = rehearseSoon(parts);
  const awake = keepAwake(store, ports.phone);
  const refresh = () => void connector.wake();
  const watchSkew = createSkewWatch(store);
  const judging = createScanSession({ ...parts, neighbours, watchSkew, refresh });
  const { applyUpdate, reload = () => undefined } = config;
  const ends = { camera, applyUpdate, reload, ended: syncAndPurge };
  const kiosk = createKiosk(judging, { ...parts, ...ends });
  const { session } = kiosk;
  const { syncNow } = connector;
  const comeback = createComeback({
    random: ports.random,
    monotonic: parts.monotonic,
    isOnline: store.getState().online,
    catchUp() {
      session.expire();
      void connector.wake();
    },
  });
  const connect = async () => {
    await Promise.all([desk.open(), neighbours.open()]);
    // what the rules in hand ask of this gate; a round under way may have looked before there was one
    showTrust(store, trust, store.getState().trust.problem);
    return syncNow();
  };
  const enrolling = createEnrolling({ ...parts, identity, connect });
  const supervisor = createSupervisorActions(parts);
  const { takePinReset } = supervisor;
  const waysIn = createWaysIn({ ...parts, session, enrol: enrolling.enrol, takePinReset });
  const running = createRunningShift({ ...parts, camera, ended: syncAndPurge });
  kiosk.start();
  return {
    session,
    actions: {
      ...createScanActions({ session, waysIn }),
      ...kiosk.actions,
      ...running.actions,
      ...createExports({ ...parts, config }),
      ...supervisor,
      ...enrolling.actions,
      ...createSelfCheck(parts),
      ...neighbours.actions,
      ...createPlaceActions({ ...parts, session }),
      syncNow,
    },
    enrol: enrolling.enrol,
    openShift: running.open,
    wake: connector.wake,
    networkChanged: comeback.networkChanged,
    stop() {
      comeback.stop();
      neighbours.stop();
      rehearsal.stop();
      unplaced();
      kiosk.stop();
      desk.stop();
      heartbeat.stop();
      awake.stop();
      connector.stop();
    },
  };
}

/** What the topics share, opened from the disk. */
async function openShared(store: AppStore, ports: AppPorts, config: AppConfig, identity: Identity) {
  const facts = () => ({
    device: identity.enrolment?.device ?? '',
    gate: identity.enrolment?.gate.id ?? '',
    shift: store.getState().shift?.id ?? '',
    app: config.version,
  });
  const writer = createLogWriter(
    ports.log,
    facts,
    (fault) => showStorage(store, fault),
    (entry) => heads.written(entry),
  );
  const newestEntry = await newestWord(ports.log);
  const clock = await createTrustedClock({
    ...ports,
    ...(newestEntry !== undefined && { newestEntry }),
    onEvent(event, offsetMs) {
      if (!identity.enrolment) return;
      void writer.note({ type: 'clock', event, offsetMs }, clock.now());
      void clock.persist().catch(() => undefined); // a kill must not make it forgotten
    },
  });
  const { pinnedRoot, demoKeys } = await config.trustAnchor();
  const trust = await createTrustKeeper(ports.trustStore, pinnedRoot, demoKeys);
  const presentations = createPresentations(ports.seen);
  const monotonic = () => ports.rawClock.monotonic();
  const view = trust.view();
  if (view) clock.trust(view);
  const receiptKeys = () => trust.view()?.bundle.hub.receiptKeys ?? [];
  const heads = createHeadCounter({
    ...{ store, log: ports.log, clock, receiptKeys },
    ahead: () => config.aheadOfUtc?.(clock.now().at) ?? 0,
    enrolment: () => identity.enrolment,
  });
  return {
    store,
    heads,
    writer,
    clock,
    trust,
    presentations,
    whoPassed: createWhoPassed(presentations),
    fingerprint: createTextFingerprint(ports.device),
    receipts: createReceiptKeeper(ports.log, () => clock.now().at),
    receiptKeys,
    pins: createPinKeeper(ports.device),
    monotonic,
    timings: createTimings(store, monotonic),
    spoken: config.spoken ?? (() => ''),
    version: config.version,
    enrolment: () => identity.enrolment,
  };
}

/** A note that waits shows that the disk takes nothing; one that got there, that it does again. */
function showStorage(store: AppStore, storageFault: FaultCode | undefined): void {
  if (storageFault) store.setState({ storageFault });
  else clear(store, 'storageFault');
}
