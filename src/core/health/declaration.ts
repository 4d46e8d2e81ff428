import * as v from 'valibot';
import { isClaimText } from '../pass/claim-text.ts';

/** What a person may say of how they feel. */
export const symptoms = ['fever', 'cough', 'tired', 'breath', 'taste', 'diarrhoea'] as const;
export type Symptom = (typeof symptoms)[number];

const text = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check((value) => isClaimText(value, max)),
  );

/** A district, GB/T 2260: six digits. */
export const districtCode = v.pipe(v.string(), v.regex(/^\d{6}$/));

/**
 * A declaration as a person sends it, 申报: how to reach them, where they live, how they feel, whom and
 * what they have met in the last 14 days.
 */
export const declaration = v.strictObject({
  phone: v.pipe(v.string(), v.regex(/^\+?[\d -]{5,20}$/)),
  address: text(300),
  district: districtCode,
  symptoms: v.pipe(v.array(v.picklist(symptoms)), v.maxLength(symptoms.length)),
  /** Has been with somebody who is ill or suspected to be. */
  contact: v.boolean(),
  /** Districts they have been to. */
  travel: v.pipe(v.array(districtCode), v.maxLength(20)),
  /** Has entered the country. */
  abroad: v.boolean(),
  /** Where they, or their phone, say they are. A hint for people who look, never a reason for a colour. */
  seenAt: v.exactOptional(districtCode),
});
export type Declaration = v.InferOutput<typeof declaration>;

/** Declarations a person may make on one day in Asia/Shanghai; the last one counts. */
export const declarationsADay = 3;
/** Days of their own declarations a person can look back on. */
export const declarationDays = 14;
