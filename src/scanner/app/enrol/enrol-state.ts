import type { Browser, HostApp } from '../../../ports/phone.ts';
import type { Gate } from '../stores.ts';
import type { EnrolRefusal } from './enrol.ts';

/** A window of another app, or a tab of an iPhone: neither is the app that a guard opens tomorrow. */
export type LossyPlace = 'in-app' | 'tab';

/** Undefined where an enrolment stays: a home screen, or a browser that keeps one for tab and home screen. */
export function lossyPlace(browser: Browser | undefined): LossyPlace | undefined {
  if (browser === 'in-app') return 'in-app';
  return browser === 'ios-safari' || browser === 'ios-other' ? 'tab' : undefined;
}

/** Which gate this device stands at, and how it becomes the gate's. */
export interface EnrolSlice {
  readonly enrolling:
    | 'idle'
    | 'busy'
    | EnrolRefusal
    | 'code-malformed'
    | 'other-hub'
    | 'digits-differ';
  /** With `other-hub`: the address at which the app has to be opened for this code. */
  readonly enrolHub?: string;
  /** A place where an enrolment is soon lost; the code that was read is kept, unspent, until the guard says. */
  readonly enrolPlace?: LossyPlace;
  /** The app in whose window this page is. */
  readonly enrolWindow?: HostApp;
  /** Six digits of the device key, while both screens are to be compared: protocol 4. */
  readonly enrolDigits?: string;
  readonly gate?: Gate;
}
export const notEnrolling: EnrolSlice = { enrolling: 'idle' };
