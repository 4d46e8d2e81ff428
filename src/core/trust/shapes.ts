import * as v from 'valibot';

/** Shapes that several trust files share. */
export const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
export const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));

/** Words shown to the guard, in every language of the app. */
export const localized = v.object({ 'zh-CN': text(120), 'zh-TW': text(120), en: text(160) });
