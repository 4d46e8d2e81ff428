import type { Language } from '../../../core/terms.ts';

export type TextSize = 100 | 120 | 140;
export type Theme = 'auto' | 'light' | 'night' | 'strong';

export interface Settings {
  readonly language: Language;
  /** By hand; else it is the phone's own, or the desk's. */
  readonly languageChosen: boolean;
  readonly theme: Theme;
  readonly sound: boolean;
  /** Neither sound nor voice. */
  readonly quiet: boolean;
  /** Reads each verdict out, where the phone has a voice of its own. */
  readonly voice: boolean;
  readonly vibration: boolean;
  /** At transit and station gates a pass only flashes while the camera goes on. */
  readonly rapid: boolean;
  /** Per cent. */
  readonly textSize: TextSize;
  readonly leftHanded: boolean;
  /** Seconds a pass card stays before scanning goes on by itself; 0 = wait for a tap. */
  readonly autoReturnS: number;
}
export const defaultSettings: Settings = {
  language: 'zh-CN',
  languageChosen: false,
  theme: 'auto',
  sound: true,
  quiet: false,
  voice: false,
  vibration: true,
  rapid: false,
  textSize: 100,
  leftHanded: false,
  autoReturnS: 1.8,
};

const languages: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];
const themes: readonly Theme[] = ['auto', 'light', 'night', 'strong'];

/** Reads stored settings member by member: what is missing or out of range is the default. */
export function readSettings(stored: unknown, language: Language): Settings {
  const value = (typeof stored === 'object' && stored !== null ? stored : {}) as {
    readonly [Member in keyof Settings]?: unknown;
  };
  const oneOf = <T>(allowed: readonly T[], member: unknown, otherwise: T): T =>
    allowed.includes(member as T) ? (member as T) : otherwise;
  const both = [true, false];
  const { autoReturnS } = value;
  const isReturn =
    typeof autoReturnS === 'number' &&
    (autoReturnS === 0 || (autoReturnS >= 1 && autoReturnS <= 20));
  return {
    language: oneOf(languages, value.language, language),
    // an older app did not say: another than the phone's own was chosen
    languageChosen: oneOf(
      both,
      value.languageChosen,
      languages.includes(value.language as Language) && value.language !== language,
    ),
    theme: oneOf(themes, value.theme, defaultSettings.theme),
    sound: oneOf(both, value.sound, defaultSettings.sound),
    quiet: oneOf(both, value.quiet, defaultSettings.quiet),
    voice: oneOf(both, value.voice, defaultSettings.voice),
    vibration: oneOf(both, value.vibration, defaultSettings.vibration),
    rapid: oneOf(both, value.rapid, defaultSettings.rapid),
    textSize: oneOf([100, 120, 140], value.textSize, defaultSettings.textSize),
    leftHanded: oneOf(both, value.leftHanded, defaultSettings.leftHanded),
    autoReturnS: isReturn ? autoReturnS : defaultSettings.autoReturnS,
  };
}
