import { factsOf, type PassKind } from '../pass/kinds.ts';
import { unreachable } from '../result.ts';
import type { Colour, Level } from '../terms.ts';
import type { Bundle } from '../trust/bundle.ts';
import type { Risk, Venue, VenueRule } from '../trust/venue-rule.ts';
import {
  checkedVerdict,
  type Reason,
  type Verdict,
  type VerdictState,
  type VerifiedPass,
  verdict,
} from './verdict.ts';

/** The gate a scan happens at; venue and region come from enrolment. */
export interface GateFacts {
  readonly id: string;
  readonly venue: Venue;
  readonly region?: string;
  /** Code of the district it stands in; the bundle's word on the gate comes first. */
  readonly district?: string;
  /** The group of gates it belongs to; the bundle's word on the gate comes first. */
  readonly site?: string;
  /**
   * Everybody's temperature is taken before the code is shown, as the guard said for this shift.
   * Without that word the mode `exception` asks as `confirm` does.
   */
  readonly measuredBefore?: true;
  /** Seconds as set for this gate: in place of the usual ones, and never less than a rule says. */
  readonly passBackS?: number;
  /** The guard says, or the gate is for nothing else, that people leave by it now: protocol 12. */
  readonly leaving?: true;
  /** The place behind it holds as many as it may. */
  readonly full?: true;
}

/** What the guard found: normal or high by look or another's device, or measured in degrees Celsius. */
export type Temperature = 'normal' | 'high' | number;

/** What step 9 decides on: all of it from a verified pass. */
export interface Admission {
  readonly level: Level;
  readonly colour?: Colour;
  readonly kind: PassKind;
  readonly hasNotices: boolean;
  readonly relativeHeld: boolean;
  readonly temperature?: Temperature;
  /** As `GateFacts` has them. */
  readonly measuredBefore?: true;
  readonly full?: true;
}

type Outcome = readonly [VerdictState, Reason];

/**
 * Step 9 for a verified pass at a gate. Called again with the temperature once the guard has taken
 * it. A state the bundle does not know admits nobody.
 */
export function decideByVenue(
  pass: VerifiedPass,
  bundle: Bundle,
  gate: GateFacts,
  temperature?: Temperature,
): Verdict {
  if (pass.level === undefined) return verdict('unknown', 'unknown-state');
  const rule = ruleFor(bundle, gate);
  if (rule?.outdated) return verdict('unknown', 'app-outdated');
  const outcome = applyVenueRule(rule, {
    level: pass.level,
    ...(pass.colour && { colour: pass.colour }),
    kind: pass.kind,
    hasNotices: pass.notices.length > 0,
    relativeHeld: pass.relativeHeld,
    ...(temperature !== undefined && { temperature }),
    ...(gate.measuredBefore && { measuredBefore: true }),
    ...(gate.full && gate.leaving !== true && { full: true }),
  });
  return atBest(pass.kind, checkedVerdict(...outcome));
}

/** No rule lifts a pass above what its kind can reach; a kind nobody has heard of reaches nothing. */
function atBest(kind: PassKind, found: Verdict): Verdict {
  const { best } = factsOf(kind);
  if (best === undefined) return verdict('unknown', 'internal-error');
  return found.state === 'pass' && best !== 'pass' ? verdict('check', 'paper-check-id') : found;
}

/** Where the rules and what they depend on are written. */
export type RuleBook = Pick<Bundle, 'venueRules' | 'gates' | 'districts'>;

/**
 * The rule for a gate (protocol 3.4): one for its region and risk before region alone, risk alone,
 * neither. Undefined when there is none, when its district has a risk this version does not know, or
 * when the bundle says two things: the first of two may be the laxer.
 */
export function ruleFor(book: RuleBook, gate: GateFacts): VenueRule | undefined {
  const risk = riskAt(book, gate);
  if (risk === 'unknown') return undefined;
  const fitting = book.venueRules.filter(
    (rule) =>
      rule.venue === gate.venue &&
      (rule.region === undefined || rule.region === gate.region) &&
      (rule.risk === undefined || rule.risk === risk),
  );
  const closeness = ({ region, risk }: VenueRule): number =>
    (region === undefined ? 0 : 2) + (risk === undefined ? 0 : 1);
  const closest = Math.max(...fitting.map(closeness));
  return onlyOne(fitting.filter((rule) => closeness(rule) === closest));
}

/** The one there is, however often it is said; undefined of none and of several. */
function onlyOne<T>(said: readonly T[]): T | undefined {
  const [first, ...others] = new Map(said.map((one) => [JSON.stringify(one), one])).values();
  return others.length > 0 ? undefined : first;
}

/** Risk of the gate's district; undefined where the bundle says nothing about it, unknown where it says two things. */
export function riskAt(
  { gates, districts }: Pick<RuleBook, 'gates' | 'districts'>,
  gate: GateFacts,
): Risk | 'unknown' | undefined {
  const named = (gates ?? []).flatMap(({ id, district }) =>
    id === gate.id && district !== undefined ? [district] : [],
  );
  const code = named.length > 0 ? onlyOne(named) : gate.district;
  if (named.length > 0 && code === undefined) return 'unknown';
  const risks = (districts ?? []).filter((district) => district.code === code);
  return risks.length > 0 ? (onlyOne(risks.map(({ risk }) => risk)) ?? 'unknown') : undefined;
}

/**
 * Step 9 (protocol 3.4). The most severe finding wins: red, fever, caution, notice, paper, relative,
 * no room left,
 * temperature still to be taken. No rule for this venue: the guard uses the original way.
 */
export function applyVenueRule(rule: VenueRule | undefined, admission: Admission): Outcome {
  if (!rule) return ['unknown', 'original-way'];
  switch (rule.mode) {
    case 'original-way':
      return ['unknown', 'original-way'];
    case 'advisory':
      return advisory(rule, admission);
    case 'required':
      return required(rule, admission);
    default:
      return unreachable(rule.mode);
  }
}

/** Never refuses by colour; the card says 供参考. A measured fever is no colour. */
function advisory(rule: VenueRule, admission: Admission): Outcome {
  const { level, kind, hasNotices, relativeHeld } = admission;
  if (hasFever(rule, admission)) return ['stop', 'temperature-high'];
  if (level === 'caution' || level === 'stop' || hasNotices) return ['check', 'advisory'];
  return byHolder(kind, relativeHeld) ?? atCapacity(rule, admission) ?? ['pass', 'advisory'];
}

function required(rule: VenueRule, admission: Admission): Outcome {
  const { level, kind, hasNotices, relativeHeld } = admission;
  const { caution, yellow = caution } = rule.levels;
  if (level === 'stop') return ['stop', 'colour-stop'];
  if (hasFever(rule, admission)) return ['stop', 'temperature-high'];
  if (level === 'caution') {
    return [admission.colour === 'yellow' ? yellow : caution, 'colour-caution'];
  }
  if (level === 'none' && rule.levels.none === 'check') return ['check', 'colour-caution'];
  if (hasNotices) return ['check', 'notice'];
  const holder = byHolder(kind, relativeHeld);
  if (holder) return holder;
  const crowded = atCapacity(rule, admission);
  if (crowded) return crowded;
  if (owesTemperature(rule, admission)) return ['check', 'temperature-needed'];
  return ['pass', 'admitted'];
}

/** No room for one more: the guard decides, and before anybody is measured. */
const atCapacity = (rule: VenueRule, { full }: Admission): Outcome | undefined =>
  full && rule.full === 'check' ? ['check', 'zone-full'] : undefined;

/** Said to be high, or measured at or above the limit; a reading that is no number counts as fever too. */
export function isFever(temperature: Temperature | undefined, limitC: number): boolean {
  return temperature === 'high' || (typeof temperature === 'number' && !(temperature < limitC));
}

const hasFever = ({ limitC }: VenueRule, { temperature }: Admission): boolean =>
  isFever(temperature, limitC);

function byHolder(kind: PassKind, relativeHeld: boolean): Outcome | undefined {
  if (factsOf(kind).asksId !== false) return ['check', 'paper-check-id'];
  return relativeHeld ? ['check', 'relative-held'] : undefined;
}

/**
 * Whether a person is still to be measured before they go in, whoever lets them in: a green code, or
 * the guard where the code alone does not decide (protocol 3.4). Only where the code is required.
 */
export function owesTemperature(
  rule: Pick<VenueRule, 'mode' | 'temperature'>,
  { temperature, measuredBefore }: Pick<Admission, 'temperature' | 'measuredBefore'>,
): boolean {
  if (rule.mode !== 'required') return false;
  switch (rule.temperature) {
    case 'none':
      return false;
    case 'exception': // measured before the code is shown, if somebody says so: then only a fever is said
      return temperature === undefined && measuredBefore !== true;
    case 'confirm':
      return temperature === undefined;
    case 'measure':
      return typeof temperature !== 'number';
    default:
      return unreachable(rule.temperature);
  }
}
