import { defaultSettings, type Language, type Settings, type Theme } from '../state.ts';

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
