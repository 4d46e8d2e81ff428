import type { LocalizedText } from '../../core/terms.ts';
import type { Reason } from '../../core/verify/verdict.ts';
import type { Words } from './use-ui.ts';

/** A reason by its title; a code for another gate by the name of that gate, where it is known. */
export function reasonTitle(
  reason: Reason,
  { t, language }: Words,
  boundTo: readonly LocalizedText[] = [],
): string {
  if (reason !== 'wrong-gate' || boundTo.length === 0) return t(`reason.${reason}.title`);
  const names = boundTo.map((name) => name[language]);
  const gate = new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
  return t('reason.wrong-gate.named', { gate });
}
