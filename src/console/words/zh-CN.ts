import type { Messages } from './en.ts';
import { desk } from './zh-CN/desk.ts';
import { gates } from './zh-CN/gates.ts';
import { history } from './zh-CN/history.ts';
import { issuing } from './zh-CN/issuing.ts';
import { refusals } from './zh-CN/issuing-refusals.ts';
import { live } from './zh-CN/live.ts';
import { phones } from './zh-CN/phones.ts';
import { venues } from './zh-CN/venues.ts';

export const zhCn: Messages = {
  ...desk,
  ...gates,
  ...history,
  ...issuing,
  ...refusals,
  ...live,
  ...phones,
  ...venues,
};
