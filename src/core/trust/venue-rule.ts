import * as v from 'valibot';
import { isBeyond, isOfTomorrow } from './growth.ts';
import { seconds, text } from './shapes.ts';

export const venues = [
  'residential',
  'workplace',
  'transit',
  'station',
  'mall',
  'hospital',
  'school',
  'other',
] as const;
export type Venue = (typeof venues)[number];

/** Risk of a district, 低/中/高风险: protocol 3.4. */
export const risks = ['low', 'medium', 'high'] as const;
export type Risk = (typeof risks)[number];

/** Where a rule holds: the kind of place, and optionally one region, one risk. */
const selectors = {
  venue: v.picklist(venues),
  region: v.optional(text(6)),
  risk: v.optional(v.picklist(risks)),
};
const selected = v.object(selectors);

const rule = v.object({
  ...selectors,
  mode: v.picklist(['required', 'advisory', 'original-way']),
  temperature: v.picklist(['none', 'confirm', 'exception', 'measure']),
  limitC: v.pipe(v.number(), v.minValue(35), v.maxValue(42)),
  levels: v.object({
    clear: v.literal('admit'),
    caution: v.picklist(['check', 'stop']),
    /** For a yellow code, which is looked into where an orange one stays at home. Absent: as `caution`. */
    yellow: v.optional(v.picklist(['check', 'stop'])),
    stop: v.literal('stop'),
    none: v.picklist(['admit', 'check']),
  }),
  notice: v.literal('check'),
  /** Whether a code must name this gate: protocol 2, step 6. Absent: optional. */
  bound: v.optional(v.picklist(['optional', 'required'])),
  /** Seconds in which one credential, or one code of the site, is not let in again. Absent: 300. */
  passBackS: v.optional(v.pipe(seconds, v.maxValue(86_400))),
  /** Whether people who leave are held to the rule. Absent: free. */
  exit: v.optional(v.picklist(['free', 'checked'])),
  /** What happens when the zone is full. Absent: ignore. */
  full: v.optional(v.picklist(['ignore', 'check'])),
});

/** One rule of the authority: protocol 3.4. `outdated`: it asks for a newer app, so it decides nothing. */
export type VenueRule = v.InferOutput<typeof rule> & { readonly outdated?: true };

/** What stands in for a rule this version cannot read: at its place everybody goes the original way. */
const unread = {
  mode: 'original-way',
  temperature: 'measure',
  limitC: 37.3,
  levels: { clear: 'admit', caution: 'stop', stop: 'stop', none: 'check' },
  notice: 'check',
  // whatever it says of leaving: nobody is told to be gone by a rule that was not understood
  exit: 'checked',
} as const;

/**
 * The rules of a bundle. One with an unknown word or `crit` keeps its place, so that no laxer rule
 * takes it: there the original way holds (`outdated` with `crit`). One for a kind of place or a risk
 * that this version does not know fits no gate of its, and is left out. Protocol 10.
 */
export const venueRules = v.pipe(
  v.array(v.unknown()),
  v.rawTransform<unknown[], VenueRule[]>(({ dataset, addIssue, NEVER }) => {
    const known: VenueRule[] = [];
    for (const value of dataset.value) {
      const read = readRule(value);
      if (read === 'broken') {
        addIssue({ message: 'rule' });
        return NEVER;
      }
      if (read !== 'absent') known.push(read);
    }
    return known;
  }),
);

function readRule(value: unknown): VenueRule | 'absent' | 'broken' {
  const read = v.safeParse(rule, value);
  const beyond = isBeyond(value);
  if (read.success && !beyond) return read.output;
  if (!read.success && !beyond && !isOfTomorrow(read.issues)) return 'broken';
  const place = v.safeParse(selected, value);
  if (place.success) return { ...place.output, ...unread, ...(beyond && { outdated: true }) };
  return isOfTomorrow(place.issues) ? 'absent' : 'broken';
}
