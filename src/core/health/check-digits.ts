/** Weights of the 17 digits and the characters their sum modulo 11 stands for (GB 11643-1999, ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const characters = '10X98765432';

/** The check character of 17 digits; undefined for anything else. */
export function checkCharacter(digits: string): string | undefined {
  if (!/^\d{17}$/.test(digits)) return undefined;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return characters[sum % 11];
}

/** 17 digits and their own check character. */
export const hasGoodCheck = (number: string): boolean =>
  number.length === 18 && checkCharacter(number.slice(0, 17)) === number[17];

/** The day `YYYYMMDD` names as `YYYY-MM-DD`; undefined where the calendar has none such. */
export function dayOfDigits(digits: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(digits) ?? [];
  if (year === undefined) return undefined;
  const text = `${year}-${month}-${day}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined;
}
