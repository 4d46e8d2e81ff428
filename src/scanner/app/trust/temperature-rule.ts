import { type GateFacts, type RuleBook, ruleFor } from '../../../core/verify/venue-rules.ts';
import type { TemperatureRule } from './trust-state.ts';

/** How the venue of this gate wants the temperature taken; undefined when it does not. */
export function temperatureRule(book: RuleBook, gate: GateFacts): TemperatureRule | undefined {
  const rule = ruleFor(book, gate);
  if (!rule || rule.temperature === 'none') return undefined;
  const optional = rule.mode !== 'required' && ({ optional: true } as const);
  return { mode: rule.temperature, limitC: rule.limitC, ...optional };
}
