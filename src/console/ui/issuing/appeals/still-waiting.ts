import type { WaitingAppeal, WaitingAppeals } from '../../../../core/health/desk-answers.ts';

/** Of all pages those that still wait, each once: a page that was asked for anew begins with others. */
export function stillWaiting(
  pages: readonly WaitingAppeals[],
  answered: readonly string[],
): readonly WaitingAppeal[] {
  const all = pages.flatMap(({ appeals }) => appeals).map((one) => [one.id, one] as const);
  return [...new Map(all).values()].filter(({ id }) => !answered.includes(id));
}
