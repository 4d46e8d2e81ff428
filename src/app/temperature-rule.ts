import type { VenueRule } from '../core/trust/bundle.ts';
import { type GateFacts, ruleFor } from '../core/verify/venue-rules.ts';
import type { TemperatureRule } from './state.ts';

/** How the venue of this gate wants the temperature taken; undefined when it does not. */
export function temperatureRule(
  rules: readonly VenueRule[],
  gate: GateFacts,
): TemperatureRule | undefined {
  const rule = ruleFor(rules, gate);
  if (!rule || rule.temperature === 'none') return undefined;
  return { mode: rule.temperature, limitC: rule.limitC };
}
