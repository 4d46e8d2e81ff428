import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { MonotonicMillis } from '../../../core/units.ts';
import type { VerifiedPass } from '../../../core/verify/verdict.ts';
import type { CodeReader } from '../../../ports/code-reader.ts';
import type { Feedback } from '../../../ports/phone.ts';
import type { AppState } from '../state.ts';
import { type AppStore, clear } from '../store.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import type { TrustedClock } from '../trust/trusted-clock.ts';
import type { Presentations } from './presentations.ts';
import type { Card, Flash } from './scan-state.ts';
import { type Spoken, signal } from './signal.ts';
import type { TextFingerprint } from './text-fingerprint.ts';

/** What a scan needs of the rest of the app. */
export interface ScanParts {
  readonly store: AppStore;
  readonly clock: TrustedClock;
  readonly trust: TrustKeeper;
  readonly presentations: Presentations;
  readonly fingerprint: TextFingerprint;
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
}

export type ShownCard = Omit<Card, 'id' | 'held'>;
/** Puts a card on screen, holds the camera and makes the sound. */
export type ShowCard = (card: ShownCard) => void;

export function cardShower({ store, reader, feedback, spoken }: ScanParts): ShowCard {
  let cards = 0;
  return (card) => {
    const flash = isRapid(store.getState()) ? flashOf(card) : undefined;
    reader.hold(!flash);
    if (flash) {
      clear(store, 'card');
      showFlash(store, flash);
    } else {
      store.setState({ card: { id: ++cards, held: false, ...card } });
    }
    signal(feedback, store.getState().settings, card.verdict, spoken);
  };
}

/** Tells a verdict that asks for nothing; the screen takes it away again. */
export function showFlash(store: AppStore, shown: Omit<Flash, 'id'>): void {
  const { flash } = store.getState();
  store.setState({ flash: { id: (flash?.id ?? 0) + 1, ...shown } });
}

/** What need not stop the camera: a pass, and by a look of its own a code that was here before. */
function flashOf({ verdict, at }: ShownCard): Omit<Flash, 'id'> | undefined {
  const { state, reason, seen } = verdict;
  if (state === 'pass') return { state, by: 'scan' };
  if (state !== 'check' || reason !== 'already-scanned' || !seen) return undefined;
  return { state, by: 'scan', agoS: Math.max(0, Math.round((at - seen.at) / 1000)) };
}

/** Gates where people stream through, when the guard has asked for it. */
const isRapid = ({ settings, gate }: AppState): boolean =>
  settings.rapid && (gate?.venue === 'transit' || gate?.venue === 'station');
