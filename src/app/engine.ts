import { utf8 } from '../core/bytes.ts';
import { asFault } from '../core/fault.ts';
import { logCsv } from '../core/log/csv.ts';
import type { AppConfig, AppPorts } from './app-config.ts';
import { type Connector, createConnector } from './connector.ts';
import { enrolDemo } from './enrol.ts';
import { createLogWriter, type LogWriter } from './log-writer.ts';
import type { Enrolment } from './ports.ts';
import { recall } from './recent.ts';
import { createScanSession, type ScanSession } from './scan-session.ts';
import { createSeenCache } from './seen-cache.ts';
import { endShift, startShift } from './shift.ts';
import type { AppStore } from './store.ts';
import { createTrustKeeper } from './trust-keeper.ts';
import { showTrust } from './trust-status.ts';
import { createTrustedClock, type TrustedClock } from './trusted-clock.ts';

/** All that judges, writes and syncs; lives as long as the page. */
export interface Engine {
  readonly session: ScanSession;
  readonly connector: Connector;
  enrol(): Promise<void>;
  startShift(operator: string): Promise<void>;
  endShift(): Promise<void>;
  exportCsv(): Promise<void>;
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
  const writer = createLogWriter(ports.log, () => ({
    device: enrolment?.device ?? '',
    gate: enrolment?.gate.id ?? '',
    shift: store.getState().shift?.id ?? '',
    app: config.version,
  }));
  const clock = await createTrustedClock({
    ...ports,
    onEvent(event, offsetMs) {
      if (!enrolment) return;
      // a note in the log; if it cannot be written, the next scan says so
      const note = { type: 'clock', event, offsetMs } as const;
      void writer.append(note, clock.now()).catch(() => undefined);
    },
  });
  const trust = await createTrustKeeper(ports.trust, config.pinnedRoot);
  const seen = await createSeenCache(ports.seen, clock.now().at);
  const monotonic = () => ports.clock.monotonic();
  const shared = { ...ports, store, clock, trust, writer, monotonic };
  const connector = createConnector({ ...shared, enrolment: () => enrolment });
  const parts: Parts = { store, ports, config, clock, writer };

  showTrust(store, trust.view());
  store.setState({ clock: clock.now().quality });
  await recall(store, ports.log, store.getState().shift?.id);
  connector.start();
  const ticking = tick(parts);
  return {
    session: createScanSession({ ...shared, seen }),
    connector,
    async enrol() {
      enrolment = (await enrol(parts)) ?? enrolment;
      if (enrolment) await connector.connect();
    },
    startShift: (operator) =>
      startShift({ ...shared, device: ports.device }, operator, clock.now()),
    async endShift() {
      await endShift({ ...shared, device: ports.device }, clock.now());
      void connector.connect();
    },
    exportCsv: () => exportCsv(parts),
    stop() {
      ticking.stop();
      connector.stop();
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

async function enrol({ store, ports, clock }: Parts): Promise<Enrolment | undefined> {
  if (store.getState().enrolling === 'busy') return undefined;
  store.setState({ enrolling: 'busy' });
  try {
    const enrolled = await enrolDemo(ports, clock.now().at);
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

/** The shift's entries as a table, built before the share sheet opens; the export is logged too. */
async function exportCsv({ store, ports, config, clock, writer }: Parts): Promise<void> {
  const { shift, settings } = store.getState();
  if (!shift) return;
  const entries = await ports.log.readShift(shift.id);
  const csv = logCsv(entries, await config.csvWords(settings.language));
  await writer.append({ type: 'export', format: 'csv', entries: entries.length }, clock.now());
  const day = new Date(shift.startedAt).toISOString().slice(0, 10);
  await ports.files.share({
    name: `kakou-${day}-${shift.id.slice(0, 4)}.csv`,
    type: 'text/csv',
    bytes: utf8(csv),
  });
}
