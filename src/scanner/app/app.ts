import { asFault } from '../../core/fault.ts';
import type { CameraStatus } from '../../ports/code-reader.ts';
import { loadLater } from '../../ports/load-later.ts';
import { type AppActions, engineActions } from './actions.ts';
import type { AppConfig, AppPorts } from './app-config.ts';
import type { Engine, EngineNeeds } from './engine.ts';
import { createEnrolActions } from './enrol/enrol-actions.ts';
import type { KioskRecord } from './kiosk/kiosk-record.ts';
import { createPhoneActions } from './phone/phone-actions.ts';
import { readSettings } from './phone/settings.ts';
import { createCameraActions } from './scan/camera-actions.ts';
import { readGuards } from './shift/guards.ts';
import { createShiftActions } from './shift/shift-actions.ts';
import type { AppStore } from './store.ts';

export interface App {
  readonly actions: AppActions;
  /** Resolves when passes can be judged: the engine is loaded and the trust set is open. */
  readonly ready: Promise<void>;
  /** The page came to the front: catch up now. */
  wake(): void;
  /** The phone says that it has a network, or none. */
  networkChanged(isOnline: boolean): void;
  stop(): void;
}

/**
 * Starts the app in two steps, so that the camera shows a picture before the code that judges passes
 * is loaded: first who and where we are, then the engine. A shift that was running goes on. Rejects
 * with a `Fault` when a store will not open.
 */
export async function startApp(store: AppStore, ports: AppPorts, config: AppConfig): Promise<App> {
  const [enrolment, shift, settings, kept, alone] = await Promise.all([
    ports.device.enrolment(),
    ports.device.shift(),
    ports.device.settings(),
    ports.device.guards(),
    ports.device.kiosk(),
  ]);
  const guards = readGuards(kept);
  // the engine reads it member by member; until then it is enough that nobody stands here
  const kiosk = alone as KioskRecord | undefined;
  store.setState({
    phase: enrolment ? 'ready' : 'enrol',
    settings: readSettings(settings, config.language),
    ...(enrolment && { gate: enrolment.gate }),
    ...(enrolment?.unconfirmed !== undefined && { enrolDigits: enrolment.unconfirmed }),
    ...(shift && { shift }),
    ...(enrolment && kiosk?.isOn && { kiosk }),
    ...(guards.length > 0 && { guards }),
  });
  let running: Engine | undefined;
  const isScanning = () => {
    const now = store.getState().shift;
    return now !== undefined && now.pausedAt === undefined;
  };
  const startCamera = async () => {
    const facing = store.getState().kiosk?.camera;
    if (facing === 'none') return;
    const on = {
      // a code read before the engine is there is read again a moment later
      text: (text: string) => running?.session.fromCamera(text),
      status: (camera: CameraStatus) => store.setState({ camera }),
    };
    await ports.reader.start(on, facing);
  };
  const camera = { start: startCamera, stop: () => ports.reader.stop() };
  const engine = loadEngine({ store, ports, config, camera }).then((loaded) => {
    running = loaded;
    return loaded;
  });
  engine.catch(camera.stop);
  if (enrolment && isScanning()) void startCamera();
  // a shift found again in the log after a crash
  const goOn = () => (!shift && isScanning() ? startCamera() : undefined);
  void engine.then(goOn).catch(() => undefined);
  const needs = { store, ports, config, engine, startCamera };
  const actions = createActions({ ...needs, running: () => running });
  const wake = () => {
    running?.session.expire();
    void running?.wake();
  };
  return {
    actions,
    ready: engine.then(() => undefined),
    wake,
    networkChanged(online) {
      store.setState({ online });
      running?.networkChanged(online);
    },
    stop() {
      ports.reader.stop();
      running?.stop();
    },
  };
}

/** The engine, or a failed app: without it nothing can be judged. */
async function loadEngine(needs: EngineNeeds): Promise<Engine> {
  try {
    const { startEngine } = await import('./engine.ts');
    return await startEngine(needs);
  } catch (thrown) {
    needs.store.setState({ phase: 'failed', fault: asFault(thrown, 'internal').code });
    throw thrown;
  }
}

interface Needs {
  readonly store: AppStore;
  readonly ports: AppPorts;
  readonly config: AppConfig;
  readonly engine: Promise<Engine>;
  running(): Engine | undefined;
  startCamera(): Promise<void>;
}

/** Each topic's actions: some are at hand, the others are loaded with the engine. */
function createActions({ store, ports, config, engine, running, startCamera }: Needs): AppActions {
  const { reader, feedback, device } = ports;
  const phone = createPhoneActions({ store, ...ports });
  const { applyUpdate } = config;
  return {
    ...loadLater(engineActions, async () => (await engine).actions),
    ...createCameraActions({ store, reader, startCamera, session: () => running()?.session }),
    ...createEnrolActions({
      store,
      reader,
      enrol: async (link) => (await engine).enrol(link),
      takePinReset: async (text) => (await engine).actions.takePinReset(text),
    }),
    ...createShiftActions({
      store,
      device,
      applyUpdate,
      unlockSound: () => feedback.unlock(),
      open: async (...said) => (await engine).openShift(...said),
      readPhone: phone.readPhone,
    }),
    ...phone,
    applyUpdate,
  };
}
