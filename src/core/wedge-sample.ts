/** What a scanner is tested with; nobody could mistake it for a pass. */
export const scannerSamples = {
  /** Letters, digits and signs that keyboards of other countries put elsewhere. */
  short: 'Kakou test QWERTY qwerty AMZ amz 0123456789 :/+-.$%*_=',
  /** As long and dense as a pass. */
  long: `KAKOU TEST ${'0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./: '.repeat(5)}END`,
} as const;

/**
 * What became of the test code on its way through a hardware scanner. `extra`: something before or
 * after it; `case`: upper and lower case changed; `layout`: other letters or signs; `width`:
 * full-width letters of an input method; `lost`: letters are missing; `other`: another code.
 */
export type Damage = 'none' | 'extra' | 'case' | 'width' | 'lost' | 'layout' | 'other';

export interface Typed {
  readonly damage: Damage;
  /** With `layout`: the letters of the test code that came out differently. */
  readonly changed: readonly string[];
}

/** Compares what a scanner typed with the test codes. Keeps nothing of any other text. */
export function compareTyped(text: string): Typed {
  for (const sample of Object.values(scannerSamples)) {
    const damage = damageOf(text, sample);
    if (damage === 'layout') return { damage, changed: changedIn([...text], [...sample]) };
    if (damage !== 'other') return { damage, changed: [] };
  }
  return { damage: 'other', changed: [] };
}

function damageOf(text: string, sample: string): Damage {
  if (text === sample) return 'none';
  if (text.includes(sample)) return 'extra';
  if (text.normalize('NFKC') === sample) return 'width';
  if (text.toLowerCase() === sample.toLowerCase()) return 'case';
  if (text.length > sample.length / 2 && isPartOf(text, sample)) return 'lost';
  const same = [...text].filter((letter, at) => letter === sample[at]).length;
  const isAsLong = Math.abs(text.length - sample.length) <= sample.length / 10;
  return isAsLong && same > sample.length / 4 ? 'layout' : 'other';
}

/** Whether the letters of one text come in the other in the same order. */
function isPartOf(part: string, whole: string): boolean {
  let next = 0;
  for (const letter of whole) if (letter === part[next]) next += 1;
  return next === part.length;
}

function changedIn(text: readonly string[], sample: readonly string[]): string[] {
  const isChanged = (letter: string, at: number) =>
    text.length === sample.length ? text[at] !== letter : !text.includes(letter);
  return [...new Set(sample.filter(isChanged))];
}
