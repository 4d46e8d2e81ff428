import { createWedgeField } from './wedge-field.ts';
import { troubleOf, type WedgeTrouble } from './wedge-trouble.ts';

/** Milliseconds of silence that end a text: no finger is as even as a scanner. */
const silence = 60;
/** The same once our own prefix was typed: half a pass is worth waiting for. */
const patientSilence = 500;
/** Mean milliseconds between two keys; faster is a scanner. */
const scannerPace = 35;
const lengths = { min: 6, max: 4096 };
const ownPrefix = /^KK[12]:/;
/** Useless keys in a row that are a scanner's doing. */
const uselessKeys = 6;

interface Burst {
  text: string;
  from: number;
  last: number;
}

export interface WedgeOptions {
  /** A scanner is there and set up wrongly; told at most once a second. */
  onTrouble?(trouble: WedgeTrouble): void;
  /** What a screen reader calls the field that listens. */
  label?: string;
}

/**
 * Listens for hardware scanners that type or insert text (keyboard wedge). Enter or Tab ends a text,
 * or silence. While a burst runs its keys press no button. What goes into a field is left alone.
 */
export function onWedge(onText: (text: string) => void, options: WedgeOptions = {}): () => void {
  const now = () => performance.now();
  const report = createReport(options.onTrouble);
  let burst: Burst | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let swallowUp = false;
  const field = createWedgeField((text) => {
    for (const line of text.split(/[\r\n\t]+/)) if (line !== '') add(line, now());
    if (/[\r\n\t]$/.test(text)) finish();
  }, options.label ?? 'scanner');

  function finish(): boolean {
    clearTimeout(timer);
    const text = burst && isScan(burst) ? burst.text : undefined;
    burst = undefined;
    if (text === undefined) return false;
    const trouble = troubleOf(text);
    if (trouble) report.tell(trouble);
    else onText(text);
    return true;
  }

  function add(text: string, at: number): void {
    burst = { text: (burst?.text ?? '') + text, from: burst?.from ?? at, last: at };
    clearTimeout(timer);
    timer = setTimeout(finish, quietAfter(burst));
  }

  function keydown(event: KeyboardEvent): void {
    if (isField(event, field.element)) return;
    const at = now();
    if (report.isUseless(event, at)) swallow(event);
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (burst && at - burst.last > quietAfter(burst)) finish();
    if (event.key === 'Enter' || event.key === 'Tab') {
      swallowUp = finish();
      if (swallowUp) swallow(event);
    } else if ([...event.key].length === 1) {
      if (burst && isFast(burst, at)) swallow(event);
      field.keyHeard();
      add(event.key, at);
    }
  }

  function keyup(event: KeyboardEvent): void {
    const inBurst = burst !== undefined && burst.text.length > 1 && event.key === ' ';
    if (inBurst || (swallowUp && event.key === 'Enter')) swallow(event);
    if (event.key === 'Enter') swallowUp = false;
  }

  window.addEventListener('keydown', keydown, { capture: true });
  window.addEventListener('keyup', keyup, { capture: true });
  return () => {
    clearTimeout(timer);
    field.remove();
    window.removeEventListener('keydown', keydown, { capture: true });
    window.removeEventListener('keyup', keyup, { capture: true });
  };
}

/** Counts fast keys that carry no letter, and tells the guard why. */
function createReport(onTrouble: WedgeOptions['onTrouble']) {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  let told = Number.NEGATIVE_INFINITY;

  function tell(trouble: WedgeTrouble): void {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    onTrouble?.(trouble);
  }

  return {
    tell,
    isUseless(event: KeyboardEvent, at: number): boolean {
      const isAltCode = event.altKey && /^Numpad\d$/.test(event.code);
      const isCaught = event.key === 'Process' || event.isComposing;
      if (!isAltCode && !isCaught) return false;
      count = at - last < scannerPace ? count + 1 : 1;
      last = at;
      if (count >= uselessKeys) tell(isAltCode ? 'alt-codes' : 'input-method');
      return isAltCode;
    },
  };
}

function isScan({ text, from, last }: Burst): boolean {
  if (text.length < lengths.min || text.length > lengths.max) return false;
  return ownPrefix.test(text) || (last - from) / (text.length - 1) < scannerPace;
}

const isFast = (burst: Burst, at: number) => at - burst.last < scannerPace;
const quietAfter = ({ text }: Burst) => (ownPrefix.test(text) ? patientSilence : silence);

/** A field of the page's own, where typing is typing. */
function isField({ target }: Event, own: Element): boolean {
  if (target === own) return false;
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
