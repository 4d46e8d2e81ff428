import type { Language } from '../../../core/terms.ts';

/** What is chosen on this phone, and kept on it. */
export interface Settings {
  readonly language: Language;
  /** Everything bigger, for who sees little. */
  readonly isLarge: boolean;
  /** The name beside the code is hidden. */
  readonly isNameHidden: boolean;
}
