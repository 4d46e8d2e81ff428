// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { onWedge } from '../../src/device/wedge.ts';

let texts: string[];
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  texts = [];
  stop = onWedge((text) => void texts.push(text));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.replaceChildren();
});

function press(key: string, target: EventTarget = document.body, init: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

function type(text: string, gapMs: number, target: EventTarget = document.body) {
  return [...text].map((key) => {
    const event = press(key, target);
    vi.advanceTimersByTime(gapMs);
    return event;
  });
}

describe('a scanner that types', () => {
  test.each(['Enter', 'Tab'])('is heard at its %s, which then presses nothing', (end) => {
    type('https://example.org/v?1', 5);
    expect(press(end).defaultPrevented).toBe(true);
    expect(texts).toEqual(['https://example.org/v?1']);
  });

  test('is heard after 60 ms of silence when it sends no Enter', () => {
    type('https://example.org', 5);
    vi.advanceTimersByTime(54);
    expect(texts).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(texts).toEqual(['https://example.org']);
  });

  test('may type our own prefix slowly, with pauses, and is still heard whole', () => {
    type('KK1:AB CD', 55);
    vi.advanceTimersByTime(300);
    type('EF', 55);
    press('Enter');
    expect(texts).toEqual(['KK1:AB CDEF']);
  });

  test('keeps its spaces from pressing the focused button', () => {
    const events = type('KK1:A B', 5);
    expect(events.slice(1).every((event) => event.defaultPrevented)).toBe(true);
  });

  test('reads two codes in a row as two texts', () => {
    type('KK1:FIRST', 5);
    press('Enter');
    type('KK1:SECOND', 5);
    press('Enter');
    expect(texts).toEqual(['KK1:FIRST', 'KK1:SECOND']);
  });
});

describe('a person', () => {
  test('typing at any human speed is never taken for a scanner', () => {
    type('password', 45);
    const enter = press('Enter');
    vi.advanceTimersByTime(1000);
    expect(texts).toEqual([]);
    expect(enter.defaultPrevented).toBe(false);
  });

  test('pressing Enter on a button presses the button', () => {
    expect(press('Enter').defaultPrevented).toBe(false);
  });

  test.each(['input', 'textarea'])('typing into an %s is left alone, however fast', (tag) => {
    const field = document.createElement(tag);
    document.body.append(field);
    type('KK1:ABCDEFG', 5, field);
    press('Enter', field);
    vi.advanceTimersByTime(1000);
    expect(texts).toEqual([]);
  });

  test('using shortcuts types no text', () => {
    for (const key of 'KK1:ABCDEFG') press(key, document.body, { ctrlKey: true });
    vi.advanceTimersByTime(1000);
    expect(texts).toEqual([]);
  });
});

test('a text without end is dropped, not collected for ever', () => {
  type('A'.repeat(5000), 1);
  press('Enter');
  expect(texts).toEqual([]);
});

test('once told to stop it hears nothing', () => {
  stop();
  type('KK1:ABCDEFG', 5);
  press('Enter');
  expect(texts).toEqual([]);
});
