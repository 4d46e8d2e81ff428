import { asFault, Fault } from '../../../core/fault.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { Phone } from '../../../ports/phone.ts';
import { bestEffort } from '../best-effort.ts';
import { forgetGuard } from '../shift/guards.ts';
import { type AppStore, clear } from '../store.ts';
import type { DeviceStore, Enrolment, LogStore } from '../stores.ts';
import { readRecord, withPin } from '../supervisor/pin-record.ts';
import { note, type SupervisorNeeds } from '../supervisor/supervisor.ts';
import { type EnrolNeeds, enrolDemo, enrolWithCode } from './enrol.ts';
import { type LossyPlace, lossyPlace } from './enrol-state.ts';
import { readEnrolment } from './enrolment-code.ts';

/** Whose device this is; changed by enrolling and forgetting alone. */
export interface Identity {
  enrolment: Enrolment | undefined;
}

/** Becoming a gate's device, and ceasing to be one. */
export interface EnrollingActions {
  enrolDemo(): Promise<void>;
  /** Looks whether this is a window of another app. */
  seeWindow(): Promise<void>;
  /** With the code that waits, here all the same: in a place where the enrolment may be lost. */
  enrolHere(): Promise<void>;
  /** Not here: the code that waits is forgotten, unspent. */
  enrolElsewhere(): Promise<void>;
  /** The guard saw the same six digits on both screens: from now on this is the gate's device. */
  confirmEnrolment(): Promise<void>;
  /** The hub shows other digits, or none: what was enrolled is thrown away, key and all. */
  refuseEnrolment(): Promise<void>;
  /** Drops this device's key and its uploaded log, to enrol anew. Only when all is uploaded. */
  forgetDevice(): Promise<void>;
}

interface Needs extends EnrolNeeds, Pick<SupervisorNeeds, 'writer' | 'pins'> {
  readonly store: AppStore;
  readonly log: Pick<LogStore, 'head' | 'cursor' | 'startOver'>;
  readonly device: Pick<
    DeviceStore,
    'createKey' | 'enrolment' | 'setEnrolment' | 'setSettings' | 'changeGuards'
  >;
  readonly phone?: () => Promise<Pick<Phone, 'browser' | 'hostApp'>>;
  readonly clock: { now(): TrustedNow };
  readonly identity: Identity;
  /** The receipts of the device before are nobody's now. */
  readonly receipts: { forget(): void };
  /** Tells the hub, and gets what the gate needs. */
  connect(): Promise<void>;
}

/** `enrol` takes the text of an operator's QR; what goes wrong shows in `enrolling` and `fault`. */
export function createEnrolling(needs: Needs): {
  enrol(link: string): Promise<void>;
  readonly actions: EnrollingActions;
} {
  const { store, device } = needs;
  /** The code of `enrolPlace`: in memory only, it is a key to the gate. */
  let waiting: string | undefined;

  async function become(link?: string): Promise<void> {
    waiting = undefined;
    clear(store, 'enrolPlace');
    const enrolled = await tryEnrol(needs, link);
    if (!enrolled) return;
    needs.receipts.forget();
    if (enrolled.unconfirmed !== undefined) {
      return store.setState({ enrolDigits: enrolled.unconfirmed });
    }
    needs.identity.enrolment = enrolled;
    await needs.connect();
  }

  /** A code is spent once: before, the guard is told where it would be lost. */
  async function enrol(link: string): Promise<void> {
    const isGood = readEnrolment(link, needs.remote.origin).ok;
    const place = isGood ? await placeOf(needs) : undefined;
    if (place === undefined || store.getState().enrolling === 'busy') return become(link);
    waiting = link;
    clear(store, 'enrolHub');
    store.setState({ enrolling: 'idle', enrolPlace: place });
  }

  return {
    enrol,
    actions: {
      enrolDemo: () => become(),
      async seeWindow() {
        const enrolWindow = (await phoneOf(needs))?.hostApp();
        if (enrolWindow) store.setState({ enrolWindow });
      },
      enrolHere: async () => (waiting === undefined ? undefined : become(waiting)),
      async enrolElsewhere() {
        waiting = undefined;
        clear(store, 'enrolPlace');
      },
      confirmEnrolment: () => confirm(needs),
      refuseEnrolment: () =>
        bestEffort(store, async () => {
          if (store.getState().enrolDigits === undefined) return;
          clear(store, 'enrolDigits', 'gate');
          store.setState({ phase: 'enrol', enrolling: 'digits-differ' });
          await device.setEnrolment(undefined);
        }),
      forgetDevice: () => bestEffort(store, () => forget(needs)),
    },
  };
}

async function placeOf(needs: Needs): Promise<LossyPlace | undefined> {
  return lossyPlace((await phoneOf(needs))?.browser());
}

const phoneOf = ({ phone }: Needs) => phone?.().catch(() => undefined);

async function confirm(needs: Needs): Promise<void> {
  const { store, device, identity, connect, pins } = needs;
  if (store.getState().enrolDigits === undefined) return;
  await bestEffort(store, async () => {
    const kept = await device.enrolment();
    if (!kept) return;
    const { unconfirmed: _, pin, ...enrolment } = kept;
    // the supervisors of this gate have theirs from the hub: one set before it is theirs no more
    if (pin) await pins.write((stored) => withPin(readRecord(stored), pin));
    identity.enrolment = enrolment;
    await device.setEnrolment(enrolment);
    if (pin) await note(needs, 'pin-set');
    clear(store, 'pin');
  });
  clear(store, 'enrolDigits');
  await connect();
}

async function forget(needs: Needs): Promise<void> {
  const { store, log, device, identity } = needs;
  const [head, cursor] = await Promise.all([log.head(), log.cursor()]);
  if (store.getState().shift || (cursor?.seq ?? 0) < head.seq) return;
  identity.enrolment = undefined;
  await device.setEnrolment(undefined);
  store.setState({ phase: 'enrol' });
  await leaveGate(needs);
}

/** What belongs to the gate and not to the phone: who stood there, and how fast people stream through. */
async function leaveGate({ store, device }: Pick<Needs, 'store' | 'device'>): Promise<void> {
  clear(store, 'desk', 'deskProblem');
  const settings = { ...store.getState().settings, rapid: false };
  store.setState({ settings });
  await device.setSettings(settings);
  await forgetGuard({ store, device });
}

async function tryEnrol(needs: Needs, link: string | undefined): Promise<Enrolment | undefined> {
  const { store, log, clock, remote } = needs;
  if (store.getState().enrolling === 'busy') return undefined;
  clear(store, 'enrolHub');
  const offer = link === undefined ? undefined : readEnrolment(link, remote.origin);
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
    if (!(await log.startOver())) throw new Fault('storage-corrupt', 'entries of a device lost');
    clear(store, 'boundTo'); // by seq of the log before
    const { at } = clock.now();
    const enrolled = await (offer
      ? enrolWithCode(needs, offer.value, at, true)
      : enrolDemo(needs, at));
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
