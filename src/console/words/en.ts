import { desk } from './en/desk.ts';
import { gates } from './en/gates.ts';
import { history } from './en/history.ts';
import { issuing } from './en/issuing.ts';
import { refusals } from './en/issuing-refusals.ts';
import { live } from './en/live.ts';
import { phones } from './en/phones.ts';
import { venues } from './en/venues.ts';

/** English, which sets the keys. */
export const en = {
  ...desk,
  ...gates,
  ...history,
  ...issuing,
  ...refusals,
  ...live,
  ...phones,
  ...venues,
} as const;

/** Every key, as English sets it. */
export type Messages = Readonly<Record<keyof typeof en, string>>;
