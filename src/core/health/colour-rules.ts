import * as v from 'valibot';
import { isIssuerId } from '../ids.ts';
import { limits } from '../limits.ts';
import { localized } from '../trust/shapes.ts';
import { type EpochSeconds, epochSeconds } from '../units.ts';
import { type Expression, evaluate, unknownOperator } from './expression.ts';

/** Why somebody's code has its colour, as the person may be told: a class and nothing more. */
export const reasonClasses = [
  'contact',
  'order',
  'test',
  'symptoms',
  'travel',
  'entry',
  'place',
  'other',
] as const;
export type ReasonClass = (typeof reasonClasses)[number];

const code = v.pipe(v.string(), v.regex(/^[\w-]{1,8}$/));
const expression = v.custom<Expression>((value) => unknownOperator(value) === undefined);

const rule = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
  /** What it is worked out over: each fact by itself, the declaration that counts, or the person as a whole. */
  on: v.picklist(['fact', 'declaration', 'person']),
  when: expression,
  gives: v.union([v.strictObject({ state: code }), v.strictObject({ notice: code })]),
  /** Epoch seconds at which it ends by itself; of a fact without one: the fact's own end. */
  until: v.exactOptional(expression),
  /** Outstanding codes are to be revoked within a minute. */
  urgent: v.exactOptional(v.boolean()),
  class: v.picklist(reasonClasses),
  label: localized,
});
export type ColourRule = v.InferOutput<typeof rule>;

/** Rules as data: what colour a city's people have, and why. */
export const ruleSet = v.pipe(
  v.strictObject({
    format: v.literal('kakou-rules-1'),
    issuer: v.pipe(v.string(), v.check(isIssuerId)),
    /** The scheme's state codes, the mildest first; whom no rule touches has the first. */
    states: v.pipe(v.array(code), v.minLength(1), v.maxLength(8)),
    rules: v.pipe(v.array(rule), v.maxLength(200)),
  }),
  v.check(
    ({ states, rules }) =>
      new Set(states).size === states.length &&
      new Set(rules.map(({ id }) => id)).size === rules.length &&
      rules.every(({ gives }) => !('state' in gives) || states.includes(gives.state)),
  ),
);
export type RuleSet = v.InferOutput<typeof ruleSet>;

/** Something a source has said of a person. */
export interface Fact {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly value: string | null;
  readonly district: string | null;
  readonly at: number;
  readonly until: number | null;
}

/** What is known of a person, in the words rules read it by. Times are epoch seconds. */
export interface Case {
  /** The type of the document. */
  readonly type: string;
  readonly age: number | null;
  readonly facts: readonly Fact[];
  readonly declaration: {
    readonly at: number;
    readonly district: string;
    readonly risk: string;
    readonly symptoms: readonly string[];
    readonly contact: boolean;
    readonly abroad: boolean;
    /** Where they have been, with the risk it has now. */
    readonly travel: readonly { readonly district: string; readonly risk: string }[];
  } | null;
}

/** One rule that holds for a person, by which facts and until when. */
export interface Because {
  readonly rule: string;
  readonly class: ReasonClass;
  /** Ids of facts, `source/id`. */
  readonly facts: readonly string[];
  readonly until?: EpochSeconds;
}

/** A person's state, and what made it. */
export interface Standing {
  /** Undefined: a rule could not be worked out, and nobody is shown as well on that ground. */
  readonly state: string | undefined;
  readonly notices: readonly string[];
  readonly because: readonly Because[];
  /** When the state ends by itself, where it does. */
  readonly until?: EpochSeconds;
  /** When anything of it changes by itself. */
  readonly recheckAt?: EpochSeconds;
  readonly urgent: boolean;
  /** Rules that failed or looped. */
  readonly failed: readonly string[];
}

type Found = { readonly ends: readonly (number | undefined)[]; readonly facts: readonly string[] };

/**
 * A person's state at `now` by all rules at once: the strictest holds. A rule that fails makes no
 * state milder than what the others say, and leaves nobody with the mildest: protocol 15.
 */
export function judge({ states, rules }: RuleSet, person: Case, now: EpochSeconds): Standing {
  const failed: string[] = [];
  const because: (Because & { readonly gives: ColourRule['gives']; readonly urgent: boolean })[] =
    [];
  for (const rule of rules) {
    const found = apply(rule, person, now);
    if (found === 'failed') failed.push(rule.id);
    else if (found) {
      const open = found.ends.includes(undefined);
      const end = open ? undefined : Math.max(...(found.ends as number[]));
      because.push({
        ...{ rule: rule.id, class: rule.class, facts: found.facts },
        ...(end !== undefined && { until: epochSeconds(end) }),
        ...{ gives: rule.gives, urgent: rule.urgent === true },
      });
    }
  }
  const rank = (gives: ColourRule['gives']) => ('state' in gives ? states.indexOf(gives.state) : 0);
  const worst = Math.max(0, ...because.map(({ gives }) => rank(gives)));
  const makers = because.filter(({ gives }) => 'state' in gives && rank(gives) === worst);
  const isOpen = makers.some(({ until }) => until === undefined);
  const until = Math.max(...makers.map((maker) => maker.until ?? 0));
  const ends = because.flatMap((one) => one.until ?? []);
  const notices = because.flatMap(({ gives }) => ('notice' in gives ? [gives.notice] : []));
  return {
    state: worst === 0 && failed.length > 0 ? undefined : states[worst],
    notices: [...new Set(notices)].sort().slice(0, limits.noticeCount),
    because: because.map(({ gives: _, urgent: __, ...one }) => one),
    ...(makers.length > 0 && !isOpen && { until: epochSeconds(until) }),
    ...(ends.length > 0 && { recheckAt: epochSeconds(Math.min(...ends)) }),
    urgent: because.some(({ urgent }) => urgent),
    failed,
  };
}

function apply(rule: ColourRule, person: Case, now: EpochSeconds): Found | 'failed' | undefined {
  const whole = { ...person, now };
  if (rule.on === 'fact') {
    const ends: (number | undefined)[] = [];
    const facts: string[] = [];
    for (const fact of person.facts) {
      const end = holds(rule, { ...whole, fact }, now, fact.until);
      if (end === 'failed') return 'failed';
      if (end === 'not') continue;
      ends.push(end);
      facts.push(`${fact.source}/${fact.id}`);
    }
    return facts.length === 0 ? undefined : { ends, facts };
  }
  if (rule.on === 'declaration' && person.declaration === null) return undefined;
  const end = holds(rule, whole, now, null);
  if (end === 'failed') return 'failed';
  return end === 'not' ? undefined : { ends: [end], facts: [] };
}

/** When it ends (undefined: never by itself), or that it does not hold. */
function holds(
  { when, until }: ColourRule,
  scope: object,
  now: EpochSeconds,
  ownEnd: number | null,
): number | undefined | 'not' | 'failed' {
  const held = evaluate(when, scope);
  if (!held.ok || typeof held.value !== 'boolean') return 'failed';
  if (!held.value) return 'not';
  const ended = until === undefined ? { ok: true as const, value: ownEnd } : evaluate(until, scope);
  if (!ended.ok || (ended.value !== null && typeof ended.value !== 'number')) return 'failed';
  if (ended.value === null) return undefined;
  return (ended.value as number) <= now ? 'not' : (ended.value as number);
}

/** Whether a state is stricter than another; one that could not be worked out is stricter than the mildest. */
export function isWorse(
  { states }: Pick<RuleSet, 'states'>,
  before: string | undefined,
  after: string | undefined,
): boolean {
  const rank = (state: string | undefined) => (state === undefined ? 0.5 : states.indexOf(state));
  return rank(after) > rank(before);
}
