import { asFault } from '../../core/fault.ts';
import type { AppConfig, AppPorts } from './app-config.ts';
import type { Engine } from './engine.ts';
import { createHandActions } from './late-actions.ts';
import { readSettings } from './phone/settings.ts';
import type { AppActions } from './state.ts';
import { type AppStore, clear } from './store.ts';

export interface App {
  readonly actions: AppActions;
  /** Resolves when passes can be judged: the engine is loaded and the trust set is open. */
  readonly ready: Promise<void>;
  /** The network came back, or the page came to the front: catch up now. */
  wake(): void;
  stop(): void;
}

/**
 * Starts the app in two steps, so that the camera shows a picture before the code that judges passes
 * is loaded: first who and where we are, then the engine. A shift that was running goes on. Rejects
 * with a `Fault` when a store will not open.
 */
export async function startApp(store: AppStore, ports: AppPorts, config: AppConfig): Promise<App> {
  const [enrolment, shift, settings] = await Promise.all([
    ports.device.enrolment(),
    ports.device.shift(),
    ports.device.settings(),
  ]);
  store.setState({
    phase: enrolment ? 'ready' : 'enrol',
    settings: readSettings(settings, config.language),
    ...(enrolment && { gate: enrolment.gate }),
    ...(shift && { shift }),
  });
  let running: Engine | undefined;
  const engine = loadEngine(store, ports, config).then((loaded) => {
    running = loaded;
    return loaded;
  });
  engine.catch(() => ports.reader.stop());
  const isScanning = () => {
    const now = store.getState().shift;
    return now !== undefined && now.pausedAt === undefined;
  };
  const startCamera = () =>
    ports.reader.start({
      // a code read before the engine is there is read again a moment later
      text: (text) => running?.session.fromCamera(text),
      status: (camera) => store.setState({ camera }),
    });
  if (enrolment && isScanning()) void startCamera();
  // a shift found again in the log after a crash
  const goOn = () => (!shift && isScanning() ? startCamera() : undefined);
  void engine.then(goOn).catch(() => undefined);
  const loading = { engine, running: () => running };
  const actions = createActions(store, ports, config, loading, startCamera);
  return {
    actions,
    ready: engine.then(() => undefined),
    wake() {
      running?.session.expire();
      void running?.connector.wake();
    },
    stop() {
      ports.reader.stop();
      running?.stop();
    },
  };
}

/** The engine, or a failed app: without it nothing can be judged. */
async function loadEngine(store: AppStore, ports: AppPorts, config: AppConfig): Promise<Engine> {
  try {
    const { startEngine } = await import('./engine.ts');
    return await startEngine(store, ports, config);
  } catch (thrown) {
    store.setState({ phase: 'failed', fault: asFault(thrown, 'internal').code });
    throw thrown;
  }
}

function createActions(
  store: AppStore,
  ports: AppPorts,
  config: AppConfig,
  { engine, running }: { engine: Promise<Engine>; running(): Engine | undefined },
  startCamera: () => Promise<void>,
): AppActions {
  const { reader, feedback, device } = ports;
  /**
   * Runs what needs the disk; a failure is the red bar, not an exception in a screen. Only an entry
   * of the log that is on disk takes the bar away: saved settings prove nothing.
   */
  async function onDisk(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (thrown) {
      store.setState({ storageFault: asFault(thrown, 'storage-unavailable').code });
    }
  }

  const hands = createHandActions({ store, ports, engine, onDisk });
  return {
    ...hands,
    enrolDemo: async () => (await engine).enrol(),
    startShift: (operator) => {
      feedback.unlock(); // at once: sound needs to be asked for within the tap
      return onDisk(async () => {
        await (await engine).startShift(operator);
        clear(store, 'storageFault');
        await startCamera();
      }).then(hands.readPhone);
    },
    endShift: () =>
      onDisk(async () => {
        reader.stop();
        await (await engine).endShift();
      }),
    handOver: (operator) => onDisk(async () => (await engine).handOver(operator)),
    pauseShift: () =>
      onDisk(async () => {
        reader.stop();
        await (await engine).pauseShift();
      }),
    resumeShift: () =>
      onDisk(async () => {
        await (await engine).resumeShift();
        await startCamera();
      }),
    closeSummary: () => {
      clear(store, 'summary');
      const { shift, supervisor, updateReady } = store.getState();
      const isDone = shift === undefined && supervisor.state !== 'open';
      if (updateReady && isDone) config.applyUpdate(); // nobody is in the middle of anything
    },
    startCamera,
    stopCamera: () => reader.stop(),
    setTorch: (on) => reader.setTorch(on),
    nextLens: () => reader.nextLens(),
    nextZoom: async () => {
      const { camera } = store.getState();
      const times = camera.kind === 'live' ? (camera.zoom ?? 1) : 1;
      await reader.setZoom(times < 3 ? times + 1 : 1);
    },
    present: async (text, method) => (await engine).waysIn.present(text, method),
    readPicture: async (file) => (await engine).waysIn.read(file),
    chooseCode: async (place) => (await engine).waysIn.choose(place),
    dismissCard: () => running()?.session.dismiss(),
    holdCard: () => running()?.session.hold(),
    temperature: async (reading) => (await engine).session.temperature(reading),
    syncNow: async () => (await engine).connector.connect(),
    prepareExport: (format, shift) =>
      onDisk(async () => (await engine).exporter.prepare(format, shift)),
    shareExport: () => onDisk(async () => (await engine).exporter.share()),
    exportLog: (format, shift) =>
      onDisk(async () => {
        const { exporter } = await engine;
        await exporter.prepare(format, shift);
        await exporter.share();
      }),
    setSettings: (change) =>
      onDisk(async () => {
        const settings = { ...store.getState().settings, ...change };
        store.setState({ settings });
        await device.setSettings(settings);
      }),
    applyUpdate: () => config.applyUpdate(),
  };
}
