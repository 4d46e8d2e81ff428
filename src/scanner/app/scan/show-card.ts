import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { MonotonicMillis } from '../../../core/units.ts';
import type { VerifiedPass } from '../../../core/verify/verdict.ts';
import type { CodeReader } from '../../../ports/code-reader.ts';
import type { Feedback } from '../../../ports/phone.ts';
import type { Timings } from '../phone/timings.ts';
import type { Neighbours } from '../sightings/neighbours.ts';
import type { AppState } from '../state.ts';
import { type AppStore, clear } from '../store.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import type { TrustedClock } from '../trust/trusted-clock.ts';
import { type Card, type Flashed, isStream } from './scan-state.ts';
import type { Presentations } from './shown/presentations.ts';
import type { TextFingerprint } from './shown/text-fingerprint.ts';
import type { WhoPassed } from './shown/who-passed.ts';
import { type Spoken, signal, signalAlone } from './signal.ts';

/** What a scan needs of the rest of the app. */
export interface ScanNeeds {
  readonly store: AppStore;
  readonly clock: TrustedClock;
  readonly trust: TrustKeeper;
  readonly presentations: Presentations;
  readonly whoPassed: WhoPassed;
  readonly fingerprint: TextFingerprint;
  /** The other gates of the site. */
  readonly neighbours: Pick<Neighbours, 'ask'>;
  readonly writer: LogWriter;
  readonly reader: Pick<CodeReader, 'hold'>;
  readonly feedback: Feedback;
  readonly spoken: Spoken;
  /** Learns from a verified pass whether this clock is wrong. */
  readonly watchSkew: (pass: VerifiedPass, now: TrustedNow) => void;
  /** Asks the hub for newer lists now, where there is a network. */
  refresh(): void;
  /** Version of this app. */
  readonly version: string;
  monotonic(): MonotonicMillis;
  readonly timings: Pick<Timings, 'begin'>;
}

export type ShownCard = Omit<Card, 'id' | 'held'>;
/** Puts a card on screen, holds the camera and makes the sound. */
export type ShowCard = (card: ShownCard) => void;

export function cardShower({ store, reader, feedback, spoken }: ScanNeeds): ShowCard {
  let cards = 0;
  return (card) => {
    rememberGates(store, card);
    // all but a pass waits: a code that was here before is a person to look at
    const isFlash = card.verdict.state === 'pass' && !card.look && isRapid(store.getState());
    reader.hold(!isFlash);
    if (isFlash) {
      clear(store, 'card');
      showFlash(store, { by: 'scan', state: 'pass', ...(card.dir && { left: true }) });
    } else {
      store.setState({ card: { id: ++cards, held: false, ...card } });
    }
    // nobody goes in by a code that is looked at: nothing that sounds like it
    const { settings, kiosk } = store.getState();
    const sound = kiosk ? signalAlone : signal;
    if (!card.look) sound(feedback, settings, card.verdict, spoken);
  };
}

/** Which gate a code was for, as long as its scan is among the last ones. */
function rememberGates(store: AppStore, { seq, verdict: { boundTo } }: ShownCard): void {
  if (!boundTo || seq === undefined) return;
  const { recent, boundTo: before = {} } = store.getState();
  const kept = recent.flatMap((entry) => {
    const names = before[entry.seq];
    return names ? [[entry.seq, names] as const] : [];
  });
  store.setState({ boundTo: { ...Object.fromEntries(kept), [seq]: boundTo } });
}

/** Tells a verdict that asks for nothing; the screen takes it away again. */
export function showFlash(store: AppStore, shown: Flashed): void {
  const { flash } = store.getState();
  store.setState({ flash: { id: (flash?.id ?? 0) + 1, ...shown } });
}

/** Gates where people stream through, when the guard has asked for it. */
const isRapid = ({ settings, gate, kiosk }: AppState): boolean =>
  settings.rapid && isStream(gate) && kiosk === undefined;
