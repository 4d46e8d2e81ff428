import { classify } from '../../core/pass/classify.ts';
import { parsePass } from '../../core/pass/kakou/parse.ts';
import { eventTime } from '../../core/time/event-time.ts';
import type { WedgeTrouble } from '../../ports/code-reader.ts';
import { hearFirst } from './hear-first.ts';
import { createWedgeField } from './wedge-field.ts';
import { createKeyTrouble, scannerPace } from './wedge-keys.ts';
import { type Rewound, rewindable } from './wedge-rewind.ts';
import { createSilence, grace } from './wedge-silence.ts';
import { troubleOf } from './wedge-trouble.ts';

/** Milliseconds of silence that end a text: no finger is as even as a scanner. */
const usualSilence = 60;
/** The same from the first letter of such a beginning: half a code is worth waiting for. */
const patientSilence = 500;
/** How long the rest of a pass of which the first half has come may still be on its way to the page. */
const halfGrace = 1500;
const lengths = { min: 6, max: 4096 };
const prefixes = ['KK1:', 'KK2:', 'eyJ', 'kakou:'];
/** Begins like a code worth waiting for: an operator's is a link of the hub. */
const beginnings = [...prefixes, 'http'];
/** Longest scan that may be meant for the field it falls into: a badge, the number of a paper code. */
const fieldLength = 12;

interface Burst {
  text: string;
  from: number;
  last: number;
  /** The field it is typed into, as it was before. */
  into?: Rewound;
}

export interface WedgeOptions {
  /** A scanner is there and set up wrongly; told at most once a second. */
  onTrouble?(trouble: WedgeTrouble): void;
  /** What a screen reader calls the field that listens. */
  label?: string;
}

/**
 * Listens for hardware scanners that type or insert text (keyboard wedge). Enter or Tab ends a text,
 * or silence. Its keys press no button and submit no form. A short scan stays in the field it is
 * typed into; a code is taken out of it again.
 */
export function onWedge(onText: (text: string) => void, options: WedgeOptions = {}): () => void {
  const now = () => performance.now();
  const keys = createKeyTrouble(options.onTrouble);
  let burst: Burst | undefined;
  /** Given up by silence: a key that was pressed in time and comes late goes on with it. */
  let givenUp: Burst | undefined;
  const over = () => {
    const ended = burst;
    if (!finish() || ended?.into) givenUp = ended;
  };
  const silence = createSilence(over, () => (burst && isHalf(burst) ? halfGrace : grace));
  let swallowUp = false;
  const field = createWedgeField((text, event) => {
    const at = eventTime(event, now());
    // what was typed somewhere else, or before, is not its beginning, though its silence is not over
    if (burst && (burst.into || at - burst.last > quietAfter(burst))) finish();
    for (const line of text.split(/[\r\n\t]+/)) if (line !== '') add(line, at);
    if (/[\r\n\t]$/.test(text)) finish();
  }, options.label ?? 'scanner');

  /** True when what ended was a scanner's, so that its last key means nothing else. */
  function finish(): boolean {
    silence.stop();
    const ended = burst;
    burst = undefined;
    if (!ended || !isScan(ended)) return false;
    if (ended.into && !isCode(ended)) return true;
    if (ended.text.length < lengths.min || ended.text.length > lengths.max) return false;
    const trouble = troubleOf(ended.text);
    if (trouble) keys.tell(trouble);
    else onText(ended.text);
    return true;
  }

  function add(text: string, at: number, into?: Rewound): void {
    burst = {
      ...(into && { into }),
      from: at,
      ...burst,
      text: (burst?.text ?? '') + text,
      last: at,
    };
    silence.from(quietAfter(burst));
  }

  function keydown(event: KeyboardEvent): void {
    const at = eventTime(event, now());
    if (keys.isUseless(event, at) && !rewindable(event.target, field.element)) swallow(event);
    if (event.isComposing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    burst ??= givenUp;
    givenUp = undefined;
    if (burst && at - burst.last > quietAfter(burst)) finish();
    if (event.key === 'Enter' || event.key === 'Tab') {
      swallowUp = finish();
      if (swallowUp) swallow(event);
    } else if ([...event.key].length === 1) letter(event, at);
  }

  function letter(event: KeyboardEvent, at: number): void {
    const isOn = burst && (at - burst.last < scannerPace || isOurs(burst.text));
    const into = burst ? burst.into : rewindable(event.target, field.element);
    add(event.key, at, into);
    if (event.target === field.element) field.keyHeard(event.key);
    if (!isOn || !burst) return;
    if (burst.into && !isCode(burst)) return;
    swallow(event);
    burst.into?.rewind();
  }

  function keyup(event: KeyboardEvent): void {
    const inBurst = burst !== undefined && burst.text.length > 1 && event.key === ' ';
    if (inBurst || (swallowUp && event.key === 'Enter')) swallow(event);
    if (event.key === 'Enter') swallowUp = false;
  }

  /** A code inserted into some field without a key. */
  function beforeinput(event: InputEvent): void {
    const { data, inputType, target } = event;
    if (target === field.element || inputType !== 'insertText' || !isOurs(data ?? '')) return;
    swallow(event);
    if (burst) finish();
    add(data ?? '', eventTime(event, now()));
  }

  const stopHearing = hearFirst({ keydown, keyup, beforeinput });
  return () => {
    silence.stop();
    field.remove();
    stopHearing();
  };
}

function isScan({ text, from, last }: Burst): boolean {
  return isOurs(text) || (text.length > 2 && (last - from) / (text.length - 1) < scannerPace);
}

const isCode = ({ text }: Burst) => text.length > fieldLength || isOurs(text);
const isOurs = (text: string) => prefixes.some((prefix) => text.startsWith(prefix));
/** A pass that stops in its middle: the keys of the rest are late, or the scanner broke off. */
function isHalf({ text }: Burst): boolean {
  const claim = classify(text);
  return 'pass' in claim ? !parsePass(text, claim.pass) : text.startsWith('eyJ');
}
const quietAfter = ({ text }: Burst) =>
  beginnings.some((start) => start.startsWith(text) || text.startsWith(start))
    ? patientSilence
    : usualSilence;

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
