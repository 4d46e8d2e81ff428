import type { Messages } from './en.ts';
import { appeals } from './zh-CN/appeals.ts';
import { code } from './zh-CN/code.ts';
import { declare } from './zh-CN/declare.ts';
import { relatives } from './zh-CN/relatives.ts';
import { settings } from './zh-CN/settings.ts';
import { shell } from './zh-CN/shell.ts';

export const zhCn: Messages = {
  ...shell,
  ...code,
  ...declare,
  ...relatives,
  ...appeals,
  ...settings,
};
