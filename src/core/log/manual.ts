import { err, ok, type Result } from '../result.ts';
import type { ManualBody } from './entry.ts';
import type { Refusal } from './outcome.ts';

/** Why somebody comes in the original way (原有方式), without a code the scanner can read. */
export const manualCategories = [
  'elder',
  'child',
  'foreign',
  'no-phone',
  'phone-dead',
  'other',
] as const;
export type ManualCategory = (typeof manualCategories)[number];

export const maxCompanions = 9;

/** What the guard fills in. All the scanner ever asks about a person without a readable code. */
export interface ManualForm {
  readonly category: ManualCategory;
  /** Number of the ID document or of a paper code as typed, of which `tailOf` is kept; `''` for none. */
  readonly tail: string;
  readonly companions: number;
  /** Degrees Celsius; absent when not measured. */
  readonly temperatureC?: number;
  /** Found high, without a number. */
  readonly high?: true;
  /** Absent = let in. */
  readonly refusal?: Refusal;
  /** The person leaves. */
  readonly dir?: 'out';
}

export type ManualProblem = 'tail' | 'paper-number' | 'companions' | 'fever';

/** What counts of a typed or pasted document number: letters and digits in their plain form (NFKC). */
export const idLetters = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\dA-Z]/g, '');

/**
 * What is kept of it: the last four of an ID document, or a paper code's number, which is eight
 * digits. Five to eight digits stay as they are: the rest of a paper number may be to come.
 */
export function tailOf(typed: string): string {
  const letters = idLetters(typed);
  return /^\d{5,8}$/.test(letters) ? letters : letters.slice(-4);
}

/** The log entry of a filled-in form. `limitC`: from this temperature on nobody is let in. */
export function manualBody(
  { category, tail: typed, companions, temperatureC, high, refusal, dir }: ManualForm,
  limitC?: number,
): Result<ManualBody, ManualProblem> {
  const tail = tailOf(typed);
  const problem = typed === '' ? undefined : tailProblem(tail);
  if (problem) return err(problem);
  if (!Number.isInteger(companions) || companions < 0 || companions > maxCompanions) {
    return err('companions');
  }
  const isHot = temperatureC !== undefined && limitC !== undefined && !(temperatureC < limitC);
  if ((isHot || high) && refusal === undefined) return err('fever');
  return ok({
    type: 'manual',
    category,
    admitted: refusal === undefined,
    ...(tail !== '' && { tail }),
    ...(companions > 0 && { companions }),
    ...(temperatureC !== undefined && { temperatureC }),
    ...(high && { high }),
    ...(refusal && { note: refusal }),
    ...(dir && { dir }),
  });
}

/** What is wrong with a tail (`tailOf`); undefined when it is good. */
export function tailProblem(tail: string): 'tail' | 'paper-number' | undefined {
  // four letters are the end of a name, not of a number
  if (/^(?=.*\d)[\dA-Z]{4}$/.test(tail)) return undefined;
  if (!/^\d{8}$/.test(tail)) return 'tail';
  return checkDigit(tail.slice(0, -1)) === Number(tail.at(-1)) ? undefined : 'paper-number';
}

/** The ISO/IEC 7064 MOD 11,10 check digit: finds every wrong digit and nearly every swapped pair. */
export function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}
