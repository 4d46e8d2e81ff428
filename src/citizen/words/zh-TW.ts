import type { Messages } from './en.ts';
import { appeals } from './zh-TW/appeals.ts';
import { code } from './zh-TW/code.ts';
import { declare } from './zh-TW/declare.ts';
import { relatives } from './zh-TW/relatives.ts';
import { settings } from './zh-TW/settings.ts';
import { shell } from './zh-TW/shell.ts';

export const zhTw: Messages = {
  ...shell,
  ...code,
  ...declare,
  ...relatives,
  ...appeals,
  ...settings,
};
