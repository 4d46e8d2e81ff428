// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { onWedge } from '../../../src/browser/wedge/wedge.ts';
import { createScanner } from '../../../src/browser/wedge/wedge-switch.ts';
import { scannerSamples } from '../../../src/core/wedge-sample.ts';
import type { ScannerReport } from '../../../src/ports/code-reader.ts';

/** The page was busy: what was pressed one after another comes to it at once, after a late timer. */
let texts: string[];
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  vi.advanceTimersByTime(8000);
  texts = [];
  stop = () => undefined;
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.replaceChildren();
});

const hear = (text: string) => void texts.push(text);
const listen = () => {
  stop = onWedge(hear);
};

/** The first of the vectors. */
const wholePass =
  'KK1:RWGERKC 4*H8596+JCWAE27BV%K3 CX*9NTAFN0FPD0GSWY0FPDUESN-0*PD8QDR E000000100/E7360 AE' +
  '%7001DL23GJ0.1T7BK7-SLEH22DLJ6*BGIG627BL.SY3HN6C WE/AM$2EA$0*XHIF0509/PT.IF+YA7MTW:RP/9Z' +
  'HK40K3692YS*13DY6VCANF1C%33$GZ SI1PKGJNUUMR4EUJ';

interface Pressed {
  /** Milliseconds between two keys. */
  gap: number;
  /** When the first was pressed. */
  from: number;
  target?: EventTarget;
}

/** Keys as the queue gives them, all now; the last of them. */
function press(keys: readonly string[], { gap, from, target = document.body }: Pressed) {
  const events = keys.map((key, at) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: from + at * gap });
    target.dispatchEvent(event);
    return event;
  });
  return events.at(-1);
}

describe('a scan of which the page hears a part late', () => {
  const pass = `KK1:${'6BFOXN %TS3'.repeat(20)}`;

  test.each([
    ['a pass', pass, 500],
    ['another code', 'https://example.org/v?1', 60],
    ['a pass of which it had but one letter', pass, 500, 1],
  ])('is one scan: %s', (_, text, silence, heard = 6) => {
    listen();
    const from = performance.now();
    press([...text.slice(0, heard)], { gap: 5, from });
    vi.advanceTimersByTime(silence); // the timer comes first
    const rest = [...text.slice(heard), 'Enter'];
    expect(press(rest, { gap: 5, from: from + 5 * heard })?.defaultPrevented).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(texts).toEqual([text]);
  });

  test.each([
    ['the first letter of a pass', pass, 1],
    ['too little to be judged', 'https://example.org', 4],
  ])('is one scan, though the page was done with %s', (_, text, heard) => {
    listen();
    const from = performance.now();
    press([...text.slice(0, heard)], { gap: 5, from });
    vi.advanceTimersByTime(900);
    press([...text.slice(heard), 'Enter'], { gap: 5, from: from + 5 * heard });
    expect(texts).toEqual([text]);
  });

  test('has its first letter once, however late the page puts it into the field that listens', () => {
    listen();
    const field = document.querySelector('input');
    if (!field) throw new Error('no field listens');
    const from = performance.now();
    press(['K'], { gap: 0, from, target: field });
    vi.advanceTimersByTime(400);
    field.value = 'K';
    field.dispatchEvent(new InputEvent('input', { data: 'K', bubbles: true }));
    press([...pass.slice(1), 'Enter'], { gap: 5, from: from + 5, target: field });
    expect(texts).toEqual([pass]);
  });

  test('is waited for where half a pass has come, and not where it is whole', () => {
    listen();
    press([...pass.slice(0, 40)], { gap: 5, from: performance.now() });
    vi.advanceTimersByTime(1900);
    expect(texts).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(texts).toEqual([pass.slice(0, 40)]);
    press([...wholePass], { gap: 5, from: performance.now() });
    vi.advanceTimersByTime(570);
    expect(texts.at(-1)).toBe(wholePass);
  });

  test('is known by the times of its keys, however slowly the page hears them', () => {
    listen();
    const from = performance.now();
    const text = 'https://example.org';
    for (const [at, key] of [...text].entries()) {
      press([key], { gap: 0, from: from + at * 5 });
      vi.advanceTimersByTime(50);
    }
    press(['Enter'], { gap: 0, from: from + text.length * 5 });
    expect(texts).toEqual([text]);
  });

  test('is one scan, and the next one, that waited too, another', () => {
    listen();
    const from = performance.now() - 2000;
    press([...'https://example.org/1'], { gap: 5, from });
    vi.advanceTimersByTime(60);
    press([...'https://example.org/2'], { gap: 5, from: from + 1000 });
    vi.advanceTimersByTime(600);
    expect(texts).toEqual(['https://example.org/1', 'https://example.org/2']);
  });

  test('stays in the field it is meant for, and its Enter sends no form', () => {
    listen();
    const field = document.createElement('input');
    document.body.append(field);
    const from = performance.now();
    press([...'1234'], { gap: 5, from, target: field });
    vi.advanceTimersByTime(200);
    const keys = [...'5678', 'Enter'];
    expect(press(keys, { gap: 5, from: from + 20, target: field })?.defaultPrevented).toBe(true);
    expect(texts).toEqual([]);
  });
});

test('a person whose keys come to the page all at once is no scanner', () => {
  listen();
  const field = document.createElement('input');
  document.body.append(field);
  const keys = [...'a name long enough', 'Enter'];
  const enter = press(keys, { gap: 120, from: performance.now() - 2300, target: field });
  vi.advanceTimersByTime(1000);
  expect([enter?.defaultPrevented, texts]).toEqual([false, []]);
});

test('in an engine whose events tell no time a scan is one by when it is heard', () => {
  listen();
  press([...'https://example.org', 'Enter'], { gap: 0, from: 0 });
  expect(texts).toEqual(['https://example.org']);
});

test('under test too a scan of which a part is heard late is one scan, and two are two', () => {
  const reports: ScannerReport[] = [];
  const scanner = createScanner(hear, {});
  stop = scanner.stop;
  scanner.test((report) => void reports.push(report));
  const { short } = scannerSamples;
  const from = performance.now() - 6000;
  press([...short.slice(0, 6)], { gap: 5, from });
  vi.advanceTimersByTime(600);
  press([...short.slice(6)], { gap: 5, from: from + 30 });
  press([...short, 'Enter'], { gap: 5, from: from + 5000 });
  const ms = 5 * (short.length - 1);
  expect(reports).toMatchObject([
    { damage: 'none', ms, end: 'none' },
    { damage: 'none', ms, end: 'Enter' },
  ]);
});
