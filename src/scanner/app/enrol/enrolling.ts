import { calculateJwkThumbprint } from 'jose';
import { sixDigits } from '../../../core/enrol/fingerprint.ts';
import { asFault, Fault } from '../../../core/fault.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import { bestEffort } from '../best-effort.ts';
import { type AppStore, clear } from '../store.ts';
import type { DeviceStore, Enrolment, LogStore } from '../stores.ts';
import { type EnrolParts, enrolDemo, enrolWithCode } from './enrol.ts';
import { readEnrolment } from './enrolment-code.ts';

/** Whose device this is; changed by enrolling and forgetting alone. */
export interface Identity {
  enrolment: Enrolment | undefined;
}

/** Becoming a gate's device, and ceasing to be one. */
export interface EnrollingActions {
  enrolDemo(): Promise<void>;
  /** Drops this device's key and its uploaded log, to enrol anew. Only when all is uploaded. */
  forgetDevice(): Promise<void>;
}

interface Needs extends EnrolParts {
  readonly store: AppStore;
  readonly log: Pick<LogStore, 'head' | 'cursor' | 'startOver'>;
  readonly device: Pick<DeviceStore, 'createKey' | 'setEnrolment'>;
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
  const { store, log, device, identity } = needs;
  async function enrol(link?: string): Promise<void> {
    const enrolled = await tryEnrol(needs, link);
    if (!enrolled) return;
    needs.receipts.forget();
    identity.enrolment = enrolled;
    if (link !== undefined) await showDigits(store, enrolled);
    await needs.connect();
  }
  return {
    enrol,
    actions: {
      enrolDemo: () => enrol(),
      forgetDevice: () =>
        bestEffort(store, async () => {
          const [head, cursor] = await Promise.all([log.head(), log.cursor()]);
          if (store.getState().shift || (cursor?.seq ?? 0) < head.seq) return;
          identity.enrolment = undefined;
          await device.setEnrolment(undefined);
          store.setState({ phase: 'enrol' });
        }),
    },
  };
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
    const { at } = clock.now();
    const enrolled = await (offer ? enrolWithCode(needs, offer.value, at) : enrolDemo(needs, at));
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

/** The six digits of a key that was just enrolled, to compare with the operator's. */
async function showDigits(store: AppStore, { publicJwk }: Enrolment): Promise<void> {
  store.setState({ enrolDigits: sixDigits(await calculateJwkThumbprint(publicJwk)) });
}
