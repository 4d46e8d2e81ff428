import { classify } from '../core/pass/classify.ts';
import type { FoundCode, SeenCode } from './protocol.ts';

/**
 * The codes of one view, each text once: what claims to be a pass before what does not, and of
 * equals the one nearest the middle first, which is the one the guard aims at.
 */
export function ranked(codes: readonly FoundCode[]): SeenCode[] {
  return distinct(codes)
    .map((code) => ({ ...code, isPass: 'pass' in classify(code.text) }))
    .sort((a, b) => Number(b.isPass) - Number(a.isPass) || offCentre(a) - offCentre(b));
}

/** The first of each text. */
export function distinct(codes: readonly FoundCode[]): FoundCode[] {
  const texts = codes.map(({ text }) => text);
  return codes.filter(({ text }, at) => texts.indexOf(text) === at);
}

/** Whether the middle of the view lies well inside the code: then no other is meant. */
export function isAimedAt({ corners }: FoundCode): boolean {
  return (['x', 'y'] as const).every((axis) => {
    const places = corners.map((corner) => corner[axis]);
    const [from, to] = [Math.min(...places), Math.max(...places)];
    return Math.abs((from + to) / 2 - 0.5) <= 0.3 * (to - from);
  });
}

/** Squared, in shares; a code that does not say where it is comes after those that do. */
function offCentre({ corners }: FoundCode): number {
  if (corners.length === 0) return 1;
  const mean = (axis: 'x' | 'y') =>
    corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return (mean('x') - 0.5) ** 2 + (mean('y') - 0.5) ** 2;
}
