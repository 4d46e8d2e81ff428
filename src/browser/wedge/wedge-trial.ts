import { eventTime } from '../../core/time/event-time.ts';
import { compareTyped } from '../../core/wedge-sample.ts';
import type { ScannerReport } from '../../ports/code-reader.ts';
import { hearFirst } from './hear-first.ts';
import { createSilence } from './wedge-silence.ts';
import { troubleOf } from './wedge-trouble.ts';

/** Milliseconds of silence that end a scan under test: it may be set far too slow. */
const longSilence = 600;
/** Mean milliseconds between two keys above which a person is typing. */
const handPace = 150;
const fewest = 6;

interface Burst {
  text: string;
  letters: number;
  from: number;
  last: number;
  altCodes: number;
  caught: number;
}

/**
 * Reports each scan until told to stop: how it came, and what became of the test code. The text
 * itself goes no further. It is more patient than `onWedge`, to name what that would not hear.
 */
export function onScannerTest(report: (report: ScannerReport) => void): () => void {
  let burst: Burst | undefined;
  const silence = createSilence(() => end('none'));
  /** The letter of the last key: the next input, if it is this, is that key's. */
  let echo: string | undefined;

  function end(by: ScannerReport['end']): boolean {
    silence.stop();
    const ended = burst;
    burst = undefined;
    if (!ended || ended.letters < fewest) return false;
    const ms = Math.round(ended.last - ended.from);
    if (ms / (ended.letters - 1) > handPace) return false;
    report({ letters: ended.letters, ms, end: by, ...judged(ended) });
    return true;
  }

  function add(event: Event, kind: 'text' | 'altCodes' | 'caught', text = ''): void {
    const at = eventTime(event, performance.now());
    if (burst && at - burst.last > longSilence) end('none');
    burst ??= { text: '', letters: 0, from: at, last: at, altCodes: 0, caught: 0 };
    burst.last = at;
    burst.letters += kind === 'text' ? [...text].length : 1;
    if (kind === 'text') burst.text += text;
    else burst[kind] += 1;
    silence.from(longSilence);
  }

  function keydown(event: KeyboardEvent): void {
    const { key, code, altKey, ctrlKey, metaKey, repeat } = event;
    if (altKey && /^Numpad\d$/.test(code)) add(event, 'altCodes');
    else if (key === 'Process' || event.isComposing) add(event, 'caught');
    else if (altKey || ctrlKey || metaKey || repeat) return;
    else if (key === 'Enter' || key === 'Tab') {
      if (!end(key)) return;
    } else if ([...key].length === 1) {
      echo = key;
      add(event, 'text', key);
      if (key === ' ' && burst?.letters === 1) return; // a person presses a button
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Text without keys, into the field of the page. */
  function beforeinput(event: InputEvent): void {
    const { data } = event;
    const isEcho = data === echo;
    echo = undefined;
    if (data && !isEcho) add(event, 'text', data);
    event.preventDefault();
  }

  const stopHearing = hearFirst({ keydown, beforeinput });
  return () => {
    silence.stop();
    stopHearing();
  };
}

function judged({
  text,
  letters,
  altCodes,
  caught,
}: Burst): Pick<ScannerReport, 'damage' | 'changed'> {
  if (altCodes > letters / 2) return { damage: 'alt-codes', changed: [] };
  if (caught > letters / 2) return { damage: 'input-method', changed: [] };
  const { damage, changed } = compareTyped(text);
  const trouble = damage === 'other' ? troubleOf(text) : undefined;
  if (trouble === 'wrong-case') return { damage: 'case', changed };
  if (trouble === 'wrong-layout') return { damage: 'layout', changed };
  return { damage, changed };
}
