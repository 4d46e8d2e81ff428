import { printable } from '../../core/printable.ts';

/**
 * One line of what a command prints: its parts, two spaces apart. Nothing that was uploaded or typed
 * reaches the operator's terminal raw, nor makes a line of its own.
 */
export const line = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => printable(String(part))).join('  ');
