import * as v from 'valibot';
import { wordOr } from './growth.ts';
import { day, localized, text } from './shapes.ts';
import { risks, venues } from './venue-rule.ts';

export const directions = ['in', 'out', 'both'] as const;
export type Direction = (typeof directions)[number];

/**
 * A gate as the authority knows it: protocol 3.5. Gates of one `site` know of each other's
 * scans; `direction` absent means in; the `district` gives the risk. A word this version does not
 * know is left out, the gate stays.
 */
export const gateFacts = v.object({
  id: text(64),
  name: localized,
  venue: v.optional(wordOr(venues, undefined)),
  region: v.optional(text(6)),
  site: v.optional(text(64)),
  direction: v.optional(wordOr(directions, undefined)),
  zone: v.optional(text(64)),
  district: v.optional(text(16)),
});

/** A place whose people are counted, over all of its gates: protocol 3.5. */
export const zone = v.object({
  id: text(64),
  name: localized,
  capacity: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});

/** A district and its risk since a day, as published: protocol 3.5. */
export const district = v.object({
  code: text(16),
  name: localized,
  risk: wordOr(risks, 'unknown'),
  since: day,
});
