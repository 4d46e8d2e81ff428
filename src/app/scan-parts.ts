import type { TrustedNow } from '../core/time/trusted-now.ts';
import type { MonotonicMillis } from '../core/units.ts';
import type { VerifiedPass } from '../core/verify/verdict.ts';
import type { LogWriter } from './log-writer.ts';
import type { CodeReader, Feedback } from './ports.ts';
import type { SeenCache } from './seen-cache.ts';
import type { Card } from './state.ts';
import type { AppStore } from './store.ts';
import type { TrustKeeper } from './trust-keeper.ts';
import type { TrustedClock } from './trusted-clock.ts';

/** What a scan needs of the rest of the app. */
export interface ScanParts {
  readonly store: AppStore;
  readonly clock: TrustedClock;
  readonly trust: TrustKeeper;
  readonly seen: SeenCache;
  readonly writer: LogWriter;
  readonly reader: Pick<CodeReader, 'hold'>;
  readonly feedback: Feedback;
  /** Learns from a verified pass whether this clock is wrong. */
  readonly watchSkew: (pass: VerifiedPass, now: TrustedNow) => void;
  monotonic(): MonotonicMillis;
}

/** Puts a card on screen, holds the camera and makes the sound. */
export type ShowCard = (card: Omit<Card, 'id' | 'held'>) => void;

export function cardShower({ store, reader, feedback }: ScanParts): ShowCard {
  let cards = 0;
  return (card) => {
    reader.hold(true);
    store.setState({ card: { id: ++cards, held: false, ...card } });
    const { sound, quiet } = store.getState().settings;
    if (sound) feedback.play(card.verdict.state, quiet);
  };
}
