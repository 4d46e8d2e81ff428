import type { Messages } from './en.ts';
import { desk } from './zh-TW/desk.ts';
import { gates } from './zh-TW/gates.ts';
import { history } from './zh-TW/history.ts';
import { issuing } from './zh-TW/issuing.ts';
import { refusals } from './zh-TW/issuing-refusals.ts';
import { live } from './zh-TW/live.ts';
import { phones } from './zh-TW/phones.ts';
import { venues } from './zh-TW/venues.ts';

export const zhTw: Messages = {
  ...desk,
  ...gates,
  ...history,
  ...issuing,
  ...refusals,
  ...live,
  ...phones,
  ...venues,
};
