import { classify } from '../pass/classify.ts';
import { parsePass } from '../pass/kakou/parse.ts';

/**
 * What a hardware scanner did to a code. `extra`: letters before or after it; `wrong-layout`: its
 * keyboard country differs from the phone's; `wrong-case`: Caps Lock is on, or its own case setting.
 */
export type ScannerTrouble = 'extra' | 'wrong-layout' | 'wrong-case';

/** Longest prefix and suffix a scanner is known to add: dates, code ids, shop numbers. */
const longest = { prefix: 24, suffix: 12 };
/** A text this long may be a pass; a shorter one is judged as it is. */
const passLength = 80;

/**
 * What a hardware scanner typed, without the AIM identifier of a QR code (`]Q0` to `]Q6`, ISO/IEC
 * 15424): that one is the scanner's own word, in a known form, and may be taken off.
 */
export const withoutAim = (typed: string): string => typed.replace(/^\]Q[0-6]/, '');

/**
 * Why a typed text is no pass although its code may be one. A code that is whole in itself, or that
 * no scanner's habit explains, has no trouble: it is judged, and refused as malformed if it is so.
 * For typed texts only: a camera adds nothing and has no keyboard.
 */
export function scannerTrouble(text: string): ScannerTrouble | undefined {
  const claim = classify(text);
  if ('pass' in claim ? isPass(text) : !['text', 'binary'].includes(claim.notAPass))
    return undefined;
  if (holdsPass(text)) return 'extra';
  if (text.length < passLength) return undefined;
  if (isPass(otherCase(text)) || isPass(text.toUpperCase())) return 'wrong-case';
  return isOtherLayout(text) ? 'wrong-layout' : undefined;
}

function isPass(text: string): boolean {
  const claim = classify(text);
  return 'pass' in claim && parsePass(text, claim.pass) !== undefined;
}

/** A whole pass, or the beginning of any code of ours, after a prefix; a whole pass before a suffix. */
function holdsPass(text: string): boolean {
  const at = text.slice(0, longest.prefix + 12).search(/KK[12]:|eyJ[\w-]{6}|kakou:enrol#/);
  if (at > 0) return true;
  for (let cut = 1; cut <= longest.suffix; cut++) if (isPass(text.slice(0, -cut))) return true;
  return false;
}

const otherCase = (text: string): string =>
  [...text]
    .map((letter) =>
      letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
    )
    .join('');

/** How every JWT pass begins: `{"alg":"ES256","kid":"`. */
const jwtHead = 'eyJhbGciOiJFUzI1NiIsImtpZCI6I';

/** Another keyboard puts one letter in the place of another, always the same one. */
function isOtherLayout(text: string): boolean {
  if (isSubstituted(text.slice(0, jwtHead.length), jwtHead)) {
    return !text.startsWith(jwtHead) || isPassWithOtherSigns(text);
  }
  // K and K; on Latin keyboards the signs after them, on others the letters themselves differ
  return /^(kk[^a-z]|([^\p{ASCII}\p{Script=Han}])\2[12])/iu.test(text) && !/^KK[12]:/.test(text);
}

function isSubstituted(text: string, known: string): boolean {
  const became = new Map<string, string>();
  for (const [at, letter] of [...known].entries()) {
    const typed = text[at];
    if (typed === undefined || (became.get(letter) ?? typed) !== typed) return false;
    became.set(letter, typed);
  }
  return new Set(became.values()).size === became.size;
}

/** Letters and digits as they were, but `-`, `_` or `.` typed as something else. */
function isPassWithOtherSigns(text: string): boolean {
  const foreign = [...new Set(text.replace(/[\w.-]/g, ''))];
  const tries = (left: readonly string[], signs: readonly string[], made: string): boolean => {
    const [sign, ...others] = left;
    if (sign === undefined) return isPass(made);
    return signs.some((own) =>
      tries(
        others,
        signs.filter((one) => one !== own),
        made.replaceAll(sign, own),
      ),
    );
  };
  return foreign.length > 0 && foreign.length <= 3 && tries(foreign, ['-', '_', '.'], text);
}
