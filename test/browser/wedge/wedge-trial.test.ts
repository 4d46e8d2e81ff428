// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createScanner } from '../../../src/browser/wedge/wedge-switch.ts';
import { scannerSamples } from '../../../src/core/wedge-sample.ts';
import type { ScannerReport } from '../../../src/ports/code-reader.ts';

const { short } = scannerSamples;
let texts: string[];
let reports: ScannerReport[];
let scanner: ReturnType<typeof createScanner>;
let endTest: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  [texts, reports] = [[], []];
  scanner = createScanner((text) => void texts.push(text), {});
  endTest = scanner.test((report) => void reports.push(report));
});
afterEach(() => {
  endTest();
  scanner.stop();
  vi.useRealTimers();
  document.body.replaceChildren();
});

function press(key: string, init: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  document.body.dispatchEvent(event);
  return event;
}
function type(text: string, gapMs: number, init?: KeyboardEventInit) {
  for (const key of text) {
    press(key, init);
    vi.advanceTimersByTime(gapMs);
  }
}

describe('a scanner under test', () => {
  test.each(['Enter', 'Tab'] as const)('is reported with its pace and its %s', (end) => {
    type(short, 10);
    expect(press(end).defaultPrevented).toBe(true);
    expect(reports).toEqual([
      { letters: short.length, ms: 10 * (short.length - 1), end, damage: 'none', changed: [] },
    ]);
    expect(texts).toEqual([]);
  });

  test('that sends no Enter, far too slowly, is reported all the same', () => {
    type(short, 100);
    vi.advanceTimersByTime(660);
    expect(reports).toMatchObject([{ end: 'none', ms: 100 * (short.length - 1), damage: 'none' }]);
  });

  test('that types Alt codes, or is caught by an input method, is told so', () => {
    for (const digit of '075097107') press(digit, { altKey: true, code: `Numpad${digit}` });
    vi.advanceTimersByTime(660);
    for (let key = 0; key < 20; key++) press('Process');
    vi.advanceTimersByTime(660);
    expect(reports.map(({ damage }) => damage)).toEqual(['alt-codes', 'input-method']);
  });

  test.each([
    ['case', `kk1:${'6bfoxn%ts3'.repeat(20)}`],
    ['layout', `KK&M${'6BFOXN%TS3'.repeat(20)}`],
    ['other', `KK1:${'6BFOXN%TS3'.repeat(20)}`],
  ] as const)('that shows a pass has none of it in the report: %s', (damage, pass) => {
    type(pass, 5);
    press('Enter');
    expect(reports).toMatchObject([{ damage, letters: pass.length }]);
    expect(JSON.stringify(reports)).not.toContain('BFOX');
  });

  test('that inserts text without keys is reported', () => {
    const how = { inputType: 'insertText', data: short, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new InputEvent('beforeinput', how));
    vi.advanceTimersByTime(660);
    expect(reports).toMatchObject([{ damage: 'none', end: 'none' }]);
  });
});

test('a person typing or pressing a button is no scanner', () => {
  type('password', 200);
  expect([press('Enter'), press(' '), press('Tab')].map((event) => event.defaultPrevented)).toEqual(
    [false, false, false],
  );
  vi.advanceTimersByTime(1000);
  expect(reports).toEqual([]);
});

test('after the test scans are judged again', () => {
  endTest();
  type('https://example.org', 5);
  press('Enter');
  expect([reports, texts]).toEqual([[], ['https://example.org']]);
});
