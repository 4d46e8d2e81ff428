import { asFault } from '../../../core/fault.ts';
import type { ScanMethod } from '../../../core/log/entry.ts';
import { isUnverified, scanBody } from '../../../core/log/scan-entry.ts';
import { factsOf } from '../../../core/pass/kinds.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Admission } from '../../../core/verify/admit.ts';
import { openPass } from '../../../core/verify/pipeline.ts';
import type { Temperature } from '../../../core/verify/venue-rules.ts';
import { type Verdict, verdict } from '../../../core/verify/verdict.ts';
import { clear } from '../store.ts';
import type { Gate } from '../stores.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import { countCompanions } from './companions.ts';
import { countOne } from './counts.ts';
import { remember } from './recent.ts';
import { cardShower, type ScanParts, type ShowCard } from './show-card.ts';
import { createShowings } from './showings.ts';
import { decideTemperature, type Waiting } from './temperature-step.ts';

export interface ScanSession {
  /** A text from the camera: dropped while a card is up, or when it stays in view. */
  fromCamera(text: string): void;
  /** A text from a hardware scanner or a picture; a scanner's burst of one text is one. Resolves when its entry is written. */
  present(text: string, method: ScanMethod): Promise<void>;
  /** The temperature step of the card on screen: confirmed normal, or measured degrees Celsius. */
  temperature(reading: Temperature): Promise<void>;
  /** People who came along with the person on the card, 0 to 9. */
  setCompanions(count: number): Promise<void>;
  dismiss(): void;
  hold(): void;
  /** Takes a green card away that is no longer about now: the phone slept with it on screen. */
  expire(): void;
  /** Takes a green card away: somebody else's code came, of which there is no card (yet). */
  leavePass(): void;
}

/** Milliseconds after which a pass on screen is an old one. */
const passMs = 60_000;

/**
 * One presented text at a time: clock, verdict, log entry, card. What is shown is on disk already.
 */
export function createScanSession(parts: ScanParts): ScanSession {
  const { store, reader } = parts;
  const showCard = cardShower(parts);
  const showings = createShowings(parts.monotonic);
  const isOld = ({ at }: { readonly at: EpochMillis }) =>
    !(Math.abs(parts.clock.now().at - at) <= passMs);
  const show: ShowCard = (card) => {
    // the phone slept, or the disk took a minute, between the verdict and its card: nobody stands there
    if (card.verdict.state === 'pass' && isOld(card)) return dismiss();
    showCard(card);
    if (store.getState().card) showings.pause();
    else showings.resume();
  };
  let busy = false;
  let waiting: Waiting | undefined;
  const judged = async (gate: Gate, text: string, method: ScanMethod): Promise<void> => {
    waiting = undefined;
    waiting = await judge(parts, show, gate, text, method);
  };

  async function exclusively(task: () => Promise<void>): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      await task();
    } catch (thrown) {
      // nothing green stays on screen that is not in the log
      store.setState({ storageFault: asFault(thrown, 'storage-unavailable').code });
      const { at } = parts.clock.now();
      show({ verdict: verdict('unknown', 'internal-error'), at });
    } finally {
      busy = false;
    }
  }

  function dismiss(): void {
    waiting = undefined;
    clear(store, 'card');
    showings.resume();
    reader.hold(false);
  }

  return {
    fromCamera(text) {
      const { card, gate } = store.getState();
      if (!card) showings.resume();
      if (showings.goesOn(text, 'camera') || busy || card || !gate) return;
      showings.begin(text, 'camera');
      void exclusively(() => judged(gate, text, 'camera'));
    },
    async present(text, method) {
      const { card, gate } = store.getState();
      if (showings.goesOn(text, method) || busy) return;
      if (!gate || (card && card.verdict.state !== 'pass')) return;
      showings.begin(text, method);
      await exclusively(() => judged(gate, text, method));
    },
    temperature: (reading) => exclusively(() => decideTemperature(parts, show, waiting, reading)),
    setCompanions: (count) => exclusively(() => countCompanions(parts, count)),
    dismiss,
    hold() {
      const { card } = store.getState();
      if (card) store.setState({ card: { ...card, held: true } });
    },
    expire() {
      const { card } = store.getState();
      if (card?.verdict.state === 'pass' && isOld(card)) dismiss();
    },
    leavePass() {
      if (store.getState().card?.verdict.state === 'pass') dismiss();
    },
  };
}

async function judge(
  parts: ScanParts,
  show: ShowCard,
  gate: Gate,
  text: string,
  method: ScanMethod,
): Promise<Waiting | undefined> {
  const { trust, presentations } = parts;
  const now = parts.clock.now();
  const opened = await openPass(text, { now, trust: trust.view(), gate, app: parts.version });
  const admission: Admission =
    'end' in opened
      ? { verdict: opened.end, sightings: [] }
      : await presentations.admit(opened.genuine, { now, gate });
  const result = admission.verdict;
  if (result.pass) parts.watchSkew(result.pass, now);
  // the log comes first: a browser killed between the two has shown nothing that is not written
  const seq = await record(parts, text, method, result, now).catch(async (thrown: unknown) => {
    await presentations.release(admission).catch(() => undefined);
    throw thrown;
  });
  clear(parts.store, 'storageFault'); // the disk took it: mended
  if (result.reason === 'list-too-old') parts.refresh();
  const { temperature } = parts.store.getState().trust;
  show({
    verdict: result,
    at: now.at,
    seq,
    ...(temperature && result.reason === 'temperature-needed' && { temperature }),
  });
  return 'end' in opened ? undefined : { seq, genuine: opened.genuine };
}

async function record(
  parts: ScanParts,
  text: string,
  method: ScanMethod,
  result: Verdict,
  now: TrustedNow,
): Promise<number> {
  const body = scanBody({
    verdict: result,
    method,
    textHmac: isUnverified(result) ? await parts.fingerprint.of(text, now.at) : undefined,
    ...versionsFor(parts.trust, result),
  });
  const entry = await parts.writer.append(body, now);
  const { state, pass } = result;
  remember(parts.store, entry, (counts) => countOne(counts, state));
  // an issuer's fresh stamp says that its time has come
  if (pass && factsOf(pass.kind).freshBy === 'issuer' && (state === 'pass' || state === 'check')) {
    parts.clock.livePass(pass.issuer, pass.iat);
  }
  return entry.seq;
}

/** The versions that decided, as far as the verdict got. */
function versionsFor(trust: TrustKeeper, { pass, listAgeS }: Verdict) {
  const view = trust.view();
  const list = pass && listAgeS !== undefined ? view?.lists.get(pass.issuer)?.version : undefined;
  return {
    ...(view && { bundle: view.bundle.version }),
    ...(list !== undefined && { list }),
  };
}
