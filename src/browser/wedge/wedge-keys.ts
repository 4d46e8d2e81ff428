import type { WedgeTrouble } from '../../ports/code-reader.ts';

/** Useless keys in a row, each so many milliseconds after the last, that are a scanner's doing. */
const enough = 6;
/** Mean milliseconds between two keys; faster is a scanner. */
export const scannerPace = 35;

/** Counts fast keys that carry no letter (Alt codes, an input method's), and tells the guard why. */
export function createKeyTrouble(onTrouble: ((trouble: WedgeTrouble) => void) | undefined) {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  let told = Number.NEGATIVE_INFINITY;

  /** At most once a second. */
  function tell(trouble: WedgeTrouble): void {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    onTrouble?.(trouble);
  }

  return {
    tell,
    /** True for a key that must do nothing. */
    isUseless(event: KeyboardEvent, at: number): boolean {
      const isAltCode = event.altKey && /^Numpad\d$/.test(event.code);
      const isCaught = event.key === 'Process' || event.isComposing;
      if (!isAltCode && !isCaught) return false;
      count = at - last < scannerPace ? count + 1 : 1;
      last = at;
      if (count >= enough) tell(isAltCode ? 'alt-codes' : 'input-method');
      return isAltCode;
    },
  };
}
