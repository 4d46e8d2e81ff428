import * as v from 'valibot';
import { isGateId, isSightingKey } from '../ids.ts';
import { epochMillis } from '../units.ts';

const millis = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.transform(epochMillis));
const gate = v.pipe(v.string(), v.check(isGateId));

const told = v.object({ key: v.pipe(v.string(), v.check(isSightingKey)), gate, at: millis });
/** A code was let in at this gate of the site, at this time by the hub's clock at the latest. */
export type ToldSighting = v.InferOutput<typeof told>;

/** What the hub tells of a site (protocol 13); undefined: nothing that could be believed. */
export function readSighting(value: unknown): ToldSighting | undefined {
  const parsed = v.safeParse(told, value);
  return parsed.success ? parsed.output : undefined;
}

const claimed = v.union([
  v.object({ first: v.literal(true) }),
  v.object({ first: v.literal(false), gate, at: millis }),
]);
/** The hub's word on a claim: nobody of the site has it, or who has. */
export type ClaimAnswer = v.InferOutput<typeof claimed>;

export function readClaimAnswer(value: unknown): ClaimAnswer | undefined {
  const parsed = v.safeParse(claimed, value);
  return parsed.success ? parsed.output : undefined;
}

const group = v.object({
  site: v.pipe(v.string(), v.check(isGateId)),
  gates: v.record(v.pipe(v.string(), v.check(isGateId)), v.pipe(v.string(), v.maxLength(256))),
});
/** The site this phone's gate belongs to, and its gates by name. */
export type Group = v.InferOutput<typeof group>;

export function readGroup(value: unknown): Group | undefined {
  const parsed = v.safeParse(group, value);
  return parsed.success ? parsed.output : undefined;
}

const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const twice = v.object({
  /** Of the scan here. */
  seq,
  at: millis,
  /** Where else, its name, and when. */
  gate,
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(256))),
  otherAt: millis,
});
/** One code let in here and at another phone of the site: a conflict, found afterwards. */
export type ShownTwice = v.InferOutput<typeof twice>;

/** The most a hub tells of at once, and a phone keeps. */
export const maxTwice = 50;

/** What may be believed of a list of them. */
export function readShownTwice(value: unknown): readonly ShownTwice[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, maxTwice).flatMap((one) => {
    const parsed = v.safeParse(twice, one);
    return parsed.success ? [parsed.output] : [];
  });
}
