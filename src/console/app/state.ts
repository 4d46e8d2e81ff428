import type { LookedAt, Self, WaysIn } from '../../core/console/answers.ts';
import type { Language } from '../../core/terms.ts';
import type { Refusal } from './remote.ts';

/** The pages of the console, as they stand in the address after `#/`. */
export const pages = [
  'today',
  'entries',
  'twice',
  'shifts',
  'shift',
  'heat',
  'gates',
  'enrol',
  'phones',
  'issuing',
  'people',
  'acts',
  'account',
] as const;
export type Page = (typeof pages)[number];

/** An invitation that the address brought. */
export interface Invitation {
  readonly token: string;
  /** What the hub says of it; a refusal when it is over. */
  readonly found?: LookedAt;
}

export interface ConsoleState {
  /** `ended`: somebody was signed in, and is not any longer; the place is kept. */
  readonly phase: 'starting' | 'signed-out' | 'ended' | 'invited' | 'signed-in' | 'unreachable';
  readonly ways?: WaysIn;
  readonly invitation?: Invitation;
  readonly self?: Self;
  readonly page: Page;
  /** What follows the page in the address: an id. */
  readonly of?: string;
  /** What follows that: a day, as in `2027-01-31`. */
  readonly day?: string;
  readonly language: Language;
  /** The last thing that could not be done, until the next is tried or the page is left. */
  readonly refusal?: Refusal;
  /** Something is on its way. */
  readonly busy: boolean;
}

export const isPage = (text: string): text is Page => (pages as readonly string[]).includes(text);
