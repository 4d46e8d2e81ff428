import { type GateFacts, type RuleBook, ruleFor } from '../../../core/verify/venue-rules.ts';
import type { TemperatureRule } from './trust-state.ts';

/** How the venue of this gate wants the temperature taken; undefined when it does not. */
export function temperatureRule(book: RuleBook, gate: GateFacts): TemperatureRule | undefined {
  const rule = ruleFor(book, gate);
  if (!rule || rule.temperature === 'none') return undefined;
  // measured before the code: asked only of people let in by hand, by one tap
  const mode = rule.temperature === 'exception' ? 'confirm' : rule.temperature;
  return { mode, limitC: rule.limitC };
}
