import { appeals } from './en/appeals.ts';
import { code } from './en/code.ts';
import { declare } from './en/declare.ts';
import { relatives } from './en/relatives.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';

/** English, which sets the keys. */
export const en = {
  ...shell,
  ...code,
  ...declare,
  ...relatives,
  ...appeals,
  ...settings,
} as const;

/** Every key, as English sets it. */
export type Messages = Readonly<Record<keyof typeof en, string>>;
