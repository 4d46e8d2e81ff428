import { classify } from '../../../core/pass/classify.ts';
import type { MonotonicMillis } from '../../../core/units.ts';
import type { ScanSession } from '../scan/scan-session.ts';
import { type Card, needsOutcome } from '../scan/scan-state.ts';
import { type AppStore, clear } from '../store.ts';
import type { KioskTrouble } from './kiosk-state.ts';
import { isDeaf } from './kiosk-trouble.ts';

/** Milliseconds a result stays: the tick of who may go in, and the way to a guard, which takes reading. */
export const passMs = 2000;
export const staffMs = 5000;
/** How long something that is no health code is spoken of after it was last in view. */
const strayMs = 3000;

interface Needs {
  readonly store: AppStore;
  monotonic(): MonotonicMillis;
  /** Asked at each code: why nobody is let in now. */
  trouble(): KioskTrouble | undefined;
}

/** What a kiosk hears and shows, with nobody to press anything. */
export interface KioskCards {
  /** The session as it is asked at a kiosk; at any other phone it is the same. */
  readonly session: ScanSession;
  /** When a health code was last held up, on the monotonic clock. */
  heardAt(): number;
  stop(): void;
}

/**
 * Codes go to the session, and its results leave by themselves: a pass after 2 s, or as soon as a hardware
 * scanner reads the next code; all else after 5 s, with its outcome written at once. What is no health
 * code is neither judged nor logged: a poster on the wall across is nobody.
 */
export function createKioskCards(session: ScanSession, needs: Needs): KioskCards {
  const { store, monotonic } = needs;
  let heard = Number.NEGATIVE_INFINITY;
  let leaving: number | undefined;
  let straying: number | undefined;
  const isOn = () => store.getState().kiosk !== undefined;

  function mayHear(text: string): boolean {
    if (isDeaf(needs.trouble())) return false;
    if ('pass' in classify(text)) {
      heard = monotonic();
      return true;
    }
    clearTimeout(straying);
    if (!store.getState().kioskStray) store.setState({ kioskStray: true });
    straying = setTimeout(() => clear(store, 'kioskStray'), strayMs);
    return false;
  }

  async function sendAway(id: number): Promise<void> {
    const isUp = (card: Card | undefined): card is Card => card?.id === id;
    if (!isUp(store.getState().card)) return;
    await session.sendToGuard();
    const { card } = store.getState();
    if (!isUp(card) || needsOutcome(card)) return; // not written yet: it stays, and is tried again
    session.dismiss();
  }

  function leaveLater(id: number, ms: number): void {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      void sendAway(id).then(() => {
        if (isOn() && store.getState().card?.id === id) leaveLater(id, staffMs);
      });
    }, ms);
  }

  const unsubscribe = store.subscribe(({ card }, { card: before }) => {
    if (!isOn() || !card || card.id === before?.id) return;
    clear(store, 'kioskStray');
    const isPass = card.verdict.state === 'pass';
    if (!isPass) void session.sendToGuard();
    leaveLater(card.id, isPass ? passMs : staffMs);
  });

  return {
    session: {
      ...session,
      fromCamera(text) {
        if (!isOn() || mayHear(text)) session.fromCamera(text);
      },
      async present(text, method) {
        if (!isOn()) return session.present(text, method);
        if (method === 'picture' || !mayHear(text)) return;
        // whoever is sent to a guard makes room for who scans next
        const { card } = store.getState();
        if (card && card.verdict.state !== 'pass') await sendAway(card.id);
        await session.present(text, method);
      },
    },
    heardAt: () => heard,
    stop() {
      unsubscribe();
      clearTimeout(leaving);
      clearTimeout(straying);
    },
  };
}
