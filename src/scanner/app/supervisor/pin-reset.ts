import { hashPin, isPin } from '../../../core/enrol/pin.ts';
import { openPinReset, type PinReset, refusePinReset } from '../../../core/enrol/pin-reset.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import { clear } from '../store.ts';
import { readRecord, withPin } from './pin-record.ts';
import { isAtWork, note, type SupervisorNeeds, whileLooking } from './supervisor.ts';

export interface PinResetNeeds extends SupervisorNeeds {
  readonly enrolment: () => { readonly device: string } | undefined;
  /** The hub's receipt keys by the bundle in force; none without one. */
  readonly receiptKeys: () => readonly PublicJwk[];
}

/**
 * A forgotten PIN, set anew by the hub's one-use code (protocol 4). The code is looked at when it comes
 * and once more when the new PIN is kept, in one piece with the mark that it is used: whoever is killed
 * in between still has it.
 */
export function createPinReset(parts: PinResetNeeds) {
  const { store, pins, clock } = parts;
  let inHand: PinReset | undefined;

  const here = (usedIat: number) => ({
    device: parts.enrolment()?.device ?? '',
    now: clock.now(),
    usedIat,
  });
  async function usedIat(): Promise<number> {
    let found = 0;
    await pins.change((stored) => {
      found = readRecord(stored)?.resetIat ?? 0;
      return undefined;
    });
    return found;
  }

  return {
    /** With the text of the code; what came of it is `pinReset`. */
    async take(text: string): Promise<void> {
      inHand = undefined;
      // nobody asked for one: the supervisor's page is not open
      if (isAtWork(store) || store.getState().pinReset === undefined) return;
      const opened = await openPinReset(text, parts.receiptKeys());
      const problem = opened.ok
        ? refusePinReset(opened.value, here(await usedIat()))
        : opened.error;
      if (opened.ok && problem === undefined) inHand = opened.value;
      store.setState({ pinReset: problem ?? 'ready' });
    },
    /** The new PIN, by the code in hand. It opens the role. */
    setPin: (pin: string): Promise<void> =>
      whileLooking(store, isPin(pin), async () => {
        const reset = inHand;
        if (!reset || isAtWork(store)) return { state: 'closed' };
        const hash = await hashPin(pin, parts.random(16));
        let problem: ReturnType<typeof refusePinReset>;
        await pins.write((stored) => {
          const kept = readRecord(stored);
          problem = refusePinReset(reset, here(kept?.resetIat ?? 0));
          return problem ? undefined : { ...withPin(kept, hash), resetIat: reset.iat };
        });
        inHand = undefined; // on a disk that takes nothing it is still in hand
        if (problem) {
          store.setState({ pinReset: problem });
          return { state: 'closed' };
        }
        clear(store, 'pinReset');
        store.setState({ pin: 'set' });
        await note(parts, 'pin-reset');
        return { state: 'open' };
      }),
    /** Nobody is there any more: the code in hand is let go, unused. */
    drop(): void {
      inHand = undefined;
      clear(store, 'pinReset');
    },
  };
}
