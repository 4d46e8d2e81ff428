import { utf8 } from '../core/bytes.ts';
import { asFault } from '../core/fault.ts';
import { type CsvOptions, logCsv } from '../core/log/csv.ts';
import type { Bytes } from '../core/units.ts';
import { type Connector, createConnector } from './connector.ts';
import { enrolDemo } from './enrol.ts';
import { createLogWriter, type LogWriter } from './log-writer.ts';
import type {
  Clock,
  CodeReader,
  DeviceStore,
  Enrolment,
  Feedback,
  FileSharer,
  Leader,
  LogStore,
  RandomBytes,
  Remote,
  SeenStore,
  TrustStore,
} from './ports.ts';
import { recall } from './recent.ts';
import { createScanSession, type ScanSession } from './scan-session.ts';
import { createSeenCache } from './seen-cache.ts';
import { readSettings } from './settings.ts';
import { endShift, startShift } from './shift.ts';
import type { AppActions, Language } from './state.ts';
import { type AppStore, clear } from './store.ts';
import { createTrustKeeper, type TrustKeeper } from './trust-keeper.ts';
import { showTrust } from './trust-status.ts';
import { createTrustedClock, type TrustedClock } from './trusted-clock.ts';

export interface AppPorts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: LogStore;
  readonly device: DeviceStore;
  readonly trust: TrustStore;
  readonly seen: SeenStore;
  readonly remote: Remote;
  readonly reader: CodeReader;
  readonly leader: Leader;
  readonly feedback: Feedback;
  readonly files: FileSharer;
}

export interface AppConfig {
  readonly version: string;
  /** Root 1, compiled in. */
  readonly pinnedRoot: Bytes;
  /** What the device speaks, until a guard chooses otherwise. */
  readonly language: Language;
  /** Column headings and words of the exported table. */
  csvWords(language: Language): CsvOptions;
  applyUpdate(): void;
}

export interface App {
  readonly actions: AppActions;
  /** The network came back, or the page came to the front: catch up now. */
  wake(): void;
  stop(): void;
}

/** Everything that lives as long as the page, wired together. Rejects with a `Fault` when a store will not open. */
export async function startApp(store: AppStore, ports: AppPorts, config: AppConfig): Promise<App> {
  const parts = await openParts(store, ports, config);
  const actions = createActions(parts);
  parts.connector.start();
  const ticking = tick(parts);
  return {
    actions,
    wake: () => void parts.connector.connect(),
    stop() {
      ticking.stop();
      parts.connector.stop();
      ports.reader.stop();
    },
  };
}

interface Parts {
  readonly store: AppStore;
  readonly ports: AppPorts;
  readonly config: AppConfig;
  readonly clock: TrustedClock;
  readonly trust: TrustKeeper;
  readonly writer: LogWriter;
  readonly session: ScanSession;
  readonly connector: Connector;
  setEnrolment(enrolment: Enrolment): void;
}

async function openParts(store: AppStore, ports: AppPorts, config: AppConfig): Promise<Parts> {
  let enrolment = await ports.device.enrolment();
  const shift = await ports.device.shift();
  const settings = readSettings(await ports.device.settings(), config.language);
  const writer = createLogWriter(ports.log, () => ({
    device: enrolment?.device ?? '',
    gate: enrolment?.gate.id ?? '',
    shift: store.getState().shift?.id ?? '',
    app: config.version,
  }));
  const clock = await createTrustedClock({
    ...ports,
    onEvent(event, offsetMs) {
      // a note in the log; if it cannot be written, the next scan says so
      if (enrolment)
        void writer.append({ type: 'clock', event, offsetMs }, clock.now()).catch(() => undefined);
    },
  });
  const trust = await createTrustKeeper(ports.trust, config.pinnedRoot);
  const seen = await createSeenCache(ports.seen, clock.now().at);
  const monotonic = () => ports.clock.monotonic();
  const shared = { ...ports, store, clock, trust, writer, monotonic };
  const session = createScanSession({ ...shared, seen });
  const connector = createConnector({ ...shared, enrolment: () => enrolment });

  store.setState({
    phase: enrolment ? 'ready' : 'enrol',
    settings,
    ...(enrolment && { gate: enrolment.gate }),
    ...(shift && { shift }),
    clock: clock.now().quality,
  });
  showTrust(store, trust.view());
  await recall(store, ports.log, shift?.id);
  return {
    ...shared,
    ports,
    config,
    session,
    connector,
    setEnrolment(next) {
      enrolment = next;
      store.setState({ phase: 'ready', gate: next.gate, enrolling: 'idle' });
    },
  };
}

/** Looks at the clocks every 5 s (protocol 5.3) and writes their state down every minute. */
function tick({ store, clock }: Parts): { stop(): void } {
  let timer: number;
  let ticks = 0;
  const next = () => {
    timer = setTimeout(() => {
      const { quality } = clock.now();
      if (store.getState().clock !== quality) store.setState({ clock: quality });
      if (++ticks % 12 === 0) void clock.persist().catch(() => undefined);
      next();
    }, 5000);
  };
  next();
  return { stop: () => clearTimeout(timer) };
}

function createActions(parts: Parts): AppActions {
  const { store, ports, clock, session, connector, writer } = parts;
  const shiftParts = { store, device: ports.device, writer, random: ports.random };

  /** Runs what needs the disk; a failure is the red bar, not an exception in a screen. */
  async function onDisk(task: () => Promise<void>): Promise<void> {
    try {
      await task();
      if (store.getState().storageFault) clear(store, 'storageFault');
    } catch (thrown) {
      store.setState({ storageFault: asFault(thrown, 'storage-unavailable').code });
    }
  }

  return {
    enrolDemo: () => enrol(parts),
    startShift: (operator) =>
      onDisk(async () => {
        ports.feedback.unlock();
        await startShift(shiftParts, operator, clock.now());
        await startCamera(parts);
      }),
    endShift: () =>
      onDisk(async () => {
        ports.reader.stop();
        await endShift(shiftParts, clock.now());
        void connector.connect();
      }),
    startCamera: () => startCamera(parts),
    stopCamera: () => ports.reader.stop(),
    setTorch: (on) => ports.reader.setTorch(on),
    nextLens: () => ports.reader.nextLens(),
    present: (text, method) => session.present(text, method),
    async readPicture(file) {
      const texts = await ports.reader.readPicture(file).catch(() => []);
      const [only, ...others] = texts;
      if (only !== undefined && others.length === 0) await session.present(only, 'picture');
      return texts.length;
    },
    dismissCard: () => session.dismiss(),
    holdCard: () => session.hold(),
    temperature: (reading) => session.temperature(reading),
    syncNow: () => connector.connect(),
    exportCsv: () => onDisk(() => exportCsv(parts)),
    setSettings: (change) =>
      onDisk(async () => {
        const settings = { ...store.getState().settings, ...change };
        store.setState({ settings });
        await ports.device.setSettings(settings);
      }),
    applyUpdate: () => parts.config.applyUpdate(),
  };
}

async function startCamera({ store, ports, session }: Parts): Promise<void> {
  await ports.reader.start({
    text: (text) => session.fromCamera(text),
    status: (camera) => store.setState({ camera }),
  });
}

async function enrol({ store, ports, clock, connector, setEnrolment }: Parts): Promise<void> {
  if (store.getState().enrolling === 'busy') return;
  store.setState({ enrolling: 'busy' });
  try {
    const enrolled = await enrolDemo(ports, clock.now().at);
    if (!enrolled.ok) return store.setState({ enrolling: enrolled.error });
    setEnrolment(enrolled.value);
    await connector.connect();
  } catch (thrown) {
    store.setState({ enrolling: 'idle', fault: asFault(thrown, 'key-unavailable').code });
  }
}

/** The shift's entries as a table, built before the share sheet opens; the export is logged too. */
async function exportCsv({ store, ports, config, clock, writer }: Parts): Promise<void> {
  const { shift, settings } = store.getState();
  if (!shift) return;
  const entries = await ports.log.readShift(shift.id);
  const csv = logCsv(entries, config.csvWords(settings.language));
  await writer.append({ type: 'export', format: 'csv', entries: entries.length }, clock.now());
  const day = new Date(shift.startedAt).toISOString().slice(0, 10);
  await ports.files.share({
    name: `kakou-${day}-${shift.id.slice(0, 4)}.csv`,
    type: 'text/csv',
    bytes: utf8(csv),
  });
}
