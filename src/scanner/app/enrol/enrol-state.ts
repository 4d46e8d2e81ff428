import type { Gate } from '../stores.ts';
import type { EnrolRefusal } from './enrol.ts';

/** Which gate this device stands at, and how it becomes the gate's. */
export interface EnrolSlice {
  readonly enrolling: 'idle' | 'busy' | EnrolRefusal | 'code-malformed' | 'other-hub';
  /** With `other-hub`: the address at which the app has to be opened for this code. */
  readonly enrolHub?: string;
  /** Six digits of the device key, while both screens are to be compared: protocol 4. */
  readonly enrolDigits?: string;
  readonly gate?: Gate;
}
export const notEnrolling: EnrolSlice = { enrolling: 'idle' };
