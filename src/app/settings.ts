import * as v from 'valibot';
import { defaultSettings, type Settings } from './state.ts';

const stored = v.object({
  language: v.fallback(v.picklist(['zh-CN', 'zh-TW', 'en']), defaultSettings.language),
  theme: v.fallback(v.picklist(['auto', 'light', 'night', 'strong']), defaultSettings.theme),
  sound: v.fallback(v.boolean(), defaultSettings.sound),
  quiet: v.fallback(v.boolean(), defaultSettings.quiet),
  autoReturnS: v.fallback(
    v.pipe(
      v.number(),
      v.check((s) => s === 0 || (s >= 1 && s <= 20)),
    ),
    defaultSettings.autoReturnS,
  ),
});

/** Reads stored settings member by member: what is missing or out of range is the default. */
export function readSettings(value: unknown, language: Settings['language']): Settings {
  const parsed = v.safeParse(stored, value);
  return parsed.success ? parsed.output : { ...defaultSettings, language };
}
