import * as v from 'valibot';
import { isSha256Hex, looksLikeDay } from '../ids.ts';

/** Shapes that several trust files share. */
export const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
export const sha256Hex = v.pipe(v.string(), v.check(isSha256Hex));
export const day = v.pipe(v.string(), v.check(looksLikeDay));

/** Words shown to the guard, in every language of the app. */
export const localized = v.object({ 'zh-CN': text(120), 'zh-TW': text(120), en: text(160) });
