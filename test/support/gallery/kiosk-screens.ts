import type { Screen } from './screens.ts';
import { cardOf, livePass, readyState } from './states.ts';

const kiosk = { ...readyState, kiosk: { camera: 'front' } as const };

/** A phone at which nobody stands. */
export const kioskScreens: Readonly<Record<string, Screen>> = {
  'kiosk-idle': { state: kiosk },
  'kiosk-scanner': { state: { ...kiosk, kiosk: { camera: 'none' }, kioskStray: true } },
  'kiosk-pass': {
    state: { ...kiosk, card: cardOf({ state: 'pass', reason: 'admitted', pass: livePass }) },
  },
  'kiosk-staff': {
    state: { ...kiosk, card: cardOf({ state: 'stop', reason: 'colour-stop', pass: livePass }) },
  },
  'kiosk-out': { state: { ...kiosk, kioskTrouble: 'clock' } },
  'kiosk-leave': { state: { ...kiosk, pin: 'set' }, press: 1 },
};
