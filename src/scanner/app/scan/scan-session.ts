import { asFault } from '../../../core/fault.ts';
import type { LogEntry, ScanMethod } from '../../../core/log/entry.ts';
import type { ManualForm } from '../../../core/log/manual.ts';
import type { OverrideReason, Refusal } from '../../../core/log/outcome.ts';
import { scanBody } from '../../../core/log/scan-entry.ts';
import { factsOf } from '../../../core/pass/kinds.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Arrival } from '../../../core/verify/admit.ts';
import type { Genuine } from '../../../core/verify/authenticate.ts';
import { openPass } from '../../../core/verify/pipeline.ts';
import type { Temperature } from '../../../core/verify/venue-rules.ts';
import { type Verdict, verdict } from '../../../core/verify/verdict.ts';
import { bestEffort } from '../best-effort.ts';
import { wayNow } from '../place/way.ts';
import { clear } from '../store.ts';
import type { Gate } from '../stores.ts';
import { gateNow, measuredWith } from '../trust/scanned-with.ts';
import { cardWords } from './card-words.ts';
import { countCompanions } from './companions.ts';
import { correctOutcome, type Word } from './correct.ts';
import { remember } from './recent.ts';
import { needsOutcome } from './scan-state.ts';
import { cardShower, type ScanNeeds, type ShowCard } from './show-card.ts';
import { lookAt } from './shown/look.ts';
import type { Remembered } from './shown/presentations.ts';
import { presentedScan } from './shown/presented-scan.ts';
import { createShowings } from './shown/showings.ts';
import { decideTemperature, type Waiting } from './temperature-step.ts';

export interface ScanSession {
  /** A text from the camera: dropped while a card is up, or when it stays in view. */
  fromCamera(text: string): void;
  /**
   * A text from a hardware scanner or a picture; a scanner's burst of one text is one. It waits until
   * what came before is written. Resolves when its own entry is.
   */
  present(text: string, method: ScanMethod): Promise<void>;
  /** The temperature step of the card on screen: confirmed normal, or measured degrees Celsius. */
  temperature(reading: Temperature): Promise<void>;
  /** 体温异常 while a green card is up, where everybody is measured before it: `stop`, without a number. */
  foundWarm(): Promise<void>;
  /** People who came along with the person on the card, 0 to 9. */
  setCompanions(count: number): Promise<void>;
  /** 放行: the outcome of the card on screen, or the step before it. Nothing happens where none is to be said. */
  letIn(): Promise<void>;
  /** 不放行, and why: ends the card on screen. */
  refuse(why: Refusal): Promise<void>;
  /** An open supervisor lets in against the `stop` on screen. */
  overrule(why: OverrideReason): Promise<void>;
  /** Says the outcome of one of the last people anew; what speaks against it stands in `correction`. */
  correct(seq: number, word: Word): Promise<void>;
  /** The person on the card is registered by hand, or somebody without a code. */
  registerByHand(form: ManualForm): Promise<void>;
  /**
   * A kiosk sends whoever is on the card to a guard: let in by nobody here, and so no repeat anywhere.
   * Waits for what is being written; a word that cannot be written leaves the card as it is.
   */
  sendToGuard(): Promise<void>;
  /** Closes the card, unless it waits for its outcome. */
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
export function createScanSession(parts: ScanNeeds): ScanSession {
  const { store, reader } = parts;
  const showCard = cardShower(parts);
  const showings = createShowings(parts.monotonic);
  const isOld = ({ at }: { readonly at: EpochMillis }) =>
    !(Math.abs(parts.clock.now().at - at) <= passMs);
  const show: ShowCard = (card) => {
    // the phone slept, or the disk took a minute, between the verdict and its card: nobody stands there
    if (card.verdict.state === 'pass' && isOld(card)) return close();
    showCard(card);
    if (store.getState().card) showings.pause();
    else showings.resume();
  };
  let busy = false;
  /** Resolves when what is being written is. */
  let done: Promise<void> = Promise.resolve();
  /** Texts that wait for that: a scanner shows each once, and a slow disk is to lose nobody. */
  const next = new Set<string>();
  let waiting: Waiting | undefined;
  const judged = async (gate: Gate, text: string, method: ScanMethod): Promise<void> => {
    waiting = undefined;
    waiting = await judge(parts, show, gate, text, method);
  };

  /** Nothing happens while something else is being written. */
  async function alone(task: () => Promise<void>): Promise<void> {
    if (busy) return;
    busy = true;
    done = task().finally(() => {
      busy = false;
    });
    await done;
  }
  async function judging(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (thrown) {
      // nothing green stays on screen that is not in the log
      store.setState({ storageFault: asFault(thrown, 'storage-unavailable').code });
      const { at } = parts.clock.now();
      show({ verdict: verdict('unknown', 'internal-error'), at });
    }
  }
  const exclusively = (task: () => Promise<void>) => alone(() => judging(task));
  /** Somebody's word: one that cannot be written leaves the card as it is, under the red bar. */
  const saying = (task: () => Promise<unknown>) => alone(() => bestEffort(store, task));

  function close(): void {
    waiting = undefined;
    clear(store, 'card');
    showings.resume();
    reader.hold(false);
  }
  function dismiss(): void {
    const { card } = store.getState();
    if (!card || !needsOutcome(card)) close();
  }

  const words = cardWords(parts, show, close);

  return {
    fromCamera(text) {
      const { card, gate } = store.getState();
      if (!card) showings.resume();
      if (showings.goesOn(text, 'camera') || busy || card || !gate) return;
      showings.begin(text, 'camera');
      void exclusively(() => judged(gate, text, 'camera'));
    },
    async present(text, method) {
      if (showings.goesOn(text, method) || next.has(text)) return;
      next.add(text);
      while (busy) await done.catch(() => undefined);
      next.delete(text);
      const { card, gate, shift } = store.getState();
      if (!gate || !shift || shift.pausedAt !== undefined) return;
      if (card && card.verdict.state !== 'pass') {
        return store.setState({ card: { ...card, cardFirst: true } });
      }
      showings.begin(text, method);
      await exclusively(() => judged(gate, text, method));
    },
    temperature(reading) {
      if (store.getState().card?.step) return saying(() => words.measured(reading));
      return exclusively(() => decideTemperature(parts, show, waiting, reading));
    },
    foundWarm: () => saying(words.foundWarm),
    letIn: () => saying(words.letIn),
    refuse: (why) => saying(() => words.refuse(why)),
    overrule: (why) => saying(() => words.overrule(why)),
    correct: (seq, word) =>
      saying(async () => {
        const refused = await correctOutcome(parts, seq, word);
        store.setState({ correction: refused ?? 'done' });
      }),
    registerByHand: (form) => saying(() => words.registerByHand(form)),
    async sendToGuard() {
      while (busy) await done.catch(() => undefined);
      await saying(words.sendToGuard);
    },
    setCompanions: (count) => exclusively(() => countCompanions(parts, count)),
    dismiss,
    hold() {
      const { card } = store.getState();
      if (card) store.setState({ card: { ...card, held: true } });
    },
    expire() {
      const { card } = store.getState();
      if (card?.verdict.state === 'pass' && isOld(card)) close();
    },
    leavePass() {
      if (store.getState().card?.verdict.state === 'pass') close();
    },
  };
}

async function judge(
  parts: ScanNeeds,
  show: ShowCard,
  enrolled: Gate,
  text: string,
  method: ScanMethod,
): Promise<Waiting | undefined> {
  const { trust, presentations, timings } = parts;
  const shown = timings.begin('verdict');
  const now = parts.clock.now();
  const state = parts.store.getState();
  const gate = gateNow(enrolled, state);
  if (state.lookOnly) {
    const looked = await lookAt(parts, { text, method, now, gate }, show);
    if (looked.verdict.what === 'venue-code')
      tellOfPoster(parts, looked.seq, text, now, enrolled).catch(() => undefined);
    return undefined;
  }
  const dir = wayNow(state) === 'out' ? ({ dir: 'out' } as const) : {};
  const opened = await openPass(text, { now, trust: trust.view(), gate, app: parts.version });
  const admission: Remembered =
    'end' in opened
      ? { verdict: opened.end, sightings: [] }
      : await admitHere(parts, opened.genuine, { now, gate });
  const result = admission.verdict;
  // the log comes first: a browser killed between the two has shown nothing that is not written
  const entry = await record(parts, text, method, result, now, dir.dir).catch(
    async (thrown: unknown) => {
      await presentations.release(admission).catch(() => undefined);
      throw thrown;
    },
  );
  const { seq } = entry;
  clear(parts.store, 'storageFault'); // the disk took it: mended
  if (result.reason === 'list-too-old') parts.refresh();
  const { temperature } = parts.store.getState().trust;
  show({
    verdict: result,
    at: now.at,
    seq,
    ...dir,
    ...(temperature && result.reason === 'temperature-needed' && { temperature }),
  });
  // in one breath with its card, which is drawn first
  remember(parts.store, entry);
  shown();
  // by whatever code somebody leaves, it says nothing about this clock
  if (result.pass && result.reason !== 'left') parts.watchSkew(result.pass, now);
  // the card stands without it: it says what was shown, and admits nobody
  if (result.what === 'venue-code')
    tellOfPoster(parts, seq, text, now, enrolled).catch(() => undefined);
  if ('end' in opened) return undefined;
  parts.whoPassed.judged(seq, opened.genuine, admission, dir.dir);
  return { seq, genuine: opened.genuine };
}

/** With what other gates of the site know, and this phone's own memory, in this order: both have the last word on a pass. */
async function admitHere(
  { neighbours, presentations }: ScanNeeds,
  genuine: Genuine,
  arrival: Pick<Arrival, 'now' | 'gate'>,
): Promise<Remembered> {
  const elsewhere = await neighbours.ask(genuine, arrival);
  return presentations.admit(genuine, { ...arrival, elsewhere });
}

/** Whose poster it is, for an inspector: told on its card as long as that is up, and loaded for it alone. */
async function tellOfPoster(
  { store, trust }: ScanNeeds,
  seq: number,
  text: string,
  now: TrustedNow,
  gate: Gate,
): Promise<void> {
  const { lookAtPoster } = await import('./shown/poster.ts');
  const poster = await lookAtPoster(text, now, trust.view(), gate);
  const { card } = store.getState();
  if (card?.seq === seq) store.setState({ card: { ...card, poster } });
}

async function record(
  parts: ScanNeeds,
  text: string,
  method: ScanMethod,
  result: Verdict,
  now: TrustedNow,
  dir?: 'out',
): Promise<LogEntry> {
  const presented = await presentedScan(parts, text, method, result, now);
  const scannedWith = measuredWith(parts.store.getState());
  const body = scanBody({ ...presented, scannedWith, dir });
  const written = parts.timings.begin('write');
  const entry = await parts.writer.append(body, now);
  written();
  const { state, pass } = result;
  // an issuer's fresh stamp says that its time has come
  if (
    pass &&
    result.reason !== 'left' &&
    factsOf(pass.kind).freshBy === 'issuer' &&
    (state === 'pass' || state === 'check')
  ) {
    parts.clock.livePass(pass.issuer, pass.iat);
  }
  return entry;
}
