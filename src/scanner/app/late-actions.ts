import type { AppPorts } from './app-config.ts';
import type { Engine } from './engine.ts';
import { isEnrolment } from './enrol/enrolment-code.ts';
import type { HandActions } from './hand-state.ts';
import { type AppStore, clear } from './store.ts';

interface HandParts {
  readonly store: AppStore;
  readonly ports: Pick<AppPorts, 'reader' | 'phone'>;
  readonly engine: Promise<Engine>;
  /** Runs what needs the disk; a failure is the red bar. */
  onDisk(task: () => Promise<void>): Promise<void>;
}

/** The hands of guard and supervisor: what is not scanned. */
export function createHandActions(parts: HandParts): HandActions {
  const { store, ports, engine, onDisk } = parts;
  return {
    // a sheet that closes because a card came over it leaves the camera held
    holdReading: (held) => ports.reader.hold(held || store.getState().card !== undefined),
    setCompanions: async (companions) => (await engine).session.companions(companions),
    registerByHand: (form) => onDisk(async () => (await engine).hands.register(form)),
    scanEnrolment: () => scanEnrolment(parts),
    confirmEnrolment: () => clear(store, 'enrolDigits'),
    forgetDevice: () => onDisk(async () => (await engine).forget()),
    readPhone: () => readPhone(parts),
    install: async () => (await ports.phone?.())?.install(),
    runSelfCheck: async () => (await engine).selfCheck(),
    openSupervisor: (pin) => onDisk(async () => (await engine).hands.open(pin)),
    closeSupervisor: () => void engine.then(({ hands }) => hands.close()),
    changePin: (pin) => onDisk(async () => (await engine).hands.changePin(pin)),
    showPastShift: (id) => onDisk(async () => (await engine).hands.showShift(id)),
  };
}

/** Asks the browser to keep the log, and shows what it says. */
async function readPhone({ store, ports }: HandParts): Promise<void> {
  const phone = await ports.phone?.();
  if (!phone) return;
  await phone.persist();
  const { reader } = ports;
  const [installWay, browser] = [phone.installWay(), phone.browser()];
  const storage = await phone.storage();
  store.setState({ phone: { installWay, browser, engine: reader.engine(), ...storage } });
}

/** The camera before there is a gate: it looks for an enrolment code and for nothing else. */
async function scanEnrolment({ store, ports, engine }: HandParts): Promise<void> {
  await ports.reader.start({
    status: (camera) => store.setState({ camera }),
    text(text) {
      if (!isEnrolment(text)) return;
      ports.reader.stop();
      void engine.then((running) => running.enrol(text));
    },
  });
}
