// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { onWedge } from '../../../src/browser/wedge/wedge.ts';

let texts: string[];
let troubles: string[];
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  texts = [];
  troubles = [];
  stop = onWedge((text) => void texts.push(text), {
    onTrouble: (trouble) => void troubles.push(trouble),
    label: 'scanner',
  });
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

  test('is heard after 120 ms of silence when it sends no Enter', () => {
    type('6901234567892', 5);
    vi.advanceTimersByTime(114);
    expect(texts).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(texts).toEqual(['6901234567892']);
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

  test.each(['input', 'textarea'])('typing into an %s is left alone', (tag) => {
    const field = document.createElement(tag);
    document.body.append(field);
    expect(type('password 123', 45, field).some((event) => event.defaultPrevented)).toBe(false);
    expect(press('Enter', field).defaultPrevented).toBe(false);
    expect(texts).toEqual([]);
  });

  test('who holds a key down in a field is no scanner', () => {
    const field = fieldWith('');
    for (let count = 0; count < 20; count++) {
      expect(press('a', field, { repeat: count > 0 }).defaultPrevented).toBe(false);
      vi.advanceTimersByTime(20);
    }
    expect(press('Enter', field).defaultPrevented).toBe(false);
    expect(texts).toEqual([]);
  });

  test('using shortcuts types no text', () => {
    for (const key of 'KK1:ABCDEFG') press(key, document.body, { ctrlKey: true });
    vi.advanceTimersByTime(1000);
    expect(texts).toEqual([]);
  });
});

function fieldWith(value: string, type = 'text') {
  const field = document.createElement('input');
  field.type = type;
  document.body.append(field);
  field.value = value;
  return field;
}

/** Types as a browser does: what is not prevented arrives in the field. */
function typeInto(field: HTMLInputElement, text: string, gapMs: number) {
  for (const key of text) {
    if (!press(key, field).defaultPrevented) field.value += key;
    vi.advanceTimersByTime(gapMs);
  }
  return press('Enter', field);
}

describe('a scanner that types into a field', () => {
  const pass = `KK1:${'6BFOXN %TS3'.repeat(20)}`;

  test.each([
    ['fast', 5],
    ['slow', 50],
  ])('a code, %s, is taken out of it, judged, and its Enter sends no form', (_, gapMs) => {
    const field = fieldWith('007');
    const heard: string[] = [];
    field.addEventListener('input', () => heard.push(field.value));
    expect(typeInto(field, pass, gapMs).defaultPrevented).toBe(true);
    expect([field.value, texts]).toEqual(['007', [pass]]);
    expect(heard.at(-1)).toBe('007');
  });

  test('a badge or the number of a paper code stays in it, and its Enter sends no form', () => {
    const field = fieldWith('');
    expect(typeInto(field, '12345678', 5).defaultPrevented).toBe(true);
    expect([field.value, texts]).toEqual(['12345678', []]);
  });

  test('a code inserted without keys is kept out of it', () => {
    const field = fieldWith('007');
    const event = new InputEvent('beforeinput', {
      inputType: 'insertText',
      data: pass,
      bubbles: true,
      cancelable: true,
    });
    field.dispatchEvent(event);
    vi.advanceTimersByTime(2001);
    expect([event.defaultPrevented, texts]).toEqual([true, [pass]]);
  });

  test('what a person typed just before is not the beginning of such a code', () => {
    const field = fieldWith('');
    type('12', 5, field);
    const how = { inputType: 'insertText', data: pass, bubbles: true, cancelable: true };
    field.dispatchEvent(new InputEvent('beforeinput', how));
    vi.advanceTimersByTime(2001);
    expect(texts).toEqual([pass]);
  });

  test.each(['radio', 'checkbox'])('a %s that has the focus is no field', (kind) => {
    typeInto(fieldWith('', kind), 'https://example.org', 5);
    expect(texts).toEqual(['https://example.org']);
  });
});

test('a scanner slower than any silence is heard from its first letter on', () => {
  type('KK1:AB CD', 200);
  press('Enter');
  expect(texts).toEqual(['KK1:AB CD']);
});

test('a slow scanner cannot press the focused button with its spaces', () => {
  const events = type('KK1:AB CD', 50);
  expect(events[6]?.defaultPrevented).toBe(true);
});

test.each([
  ['kakou:enrol#hub=h&code=ABCDEFGHIJKLMNOPQRSTUV', 50],
  ['https://hub.example/#enrol=ABCDEFGHIJKLMNOPQRSTUV', 5],
])('the enrolment code %s is waited for like a pass', (code, gap) => {
  type(code.slice(0, 20), gap);
  vi.advanceTimersByTime(300);
  type(code.slice(20), gap);
  press('Enter');
  expect(texts).toEqual([code]);
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

const listener = () => {
  const field = document.querySelector('input[inputmode="none"]');
  if (!(field instanceof HTMLInputElement)) throw new Error('no field listens');
  return field;
};

/** As scanners do that pass through an input method: text without keys. */
function insert(text: string) {
  listener().value += text;
  listener().dispatchEvent(new InputEvent('input', { data: text, bubbles: true }));
}

describe('a scanner that inserts text without a key', () => {
  test.each([20, 70])('%s ms after somebody typed a number into a field is heard alone', (ms) => {
    document.body.insertAdjacentHTML('beforeend', '<input id="operator">');
    const operator = document.querySelector('#operator');
    if (operator) type('007', 5, operator);
    vi.advanceTimersByTime(ms);
    insert('KK1:AB CD');
    vi.advanceTimersByTime(2500);
    expect(texts).toEqual(['KK1:AB CD']);
    expect(troubles).toEqual([]);
  });

  test('70 ms after keys that went nowhere is heard alone', () => {
    type('007', 5);
    vi.advanceTimersByTime(70);
    insert('KK1:AB CD');
    vi.advanceTimersByTime(2500);
    expect(texts).toEqual(['KK1:AB CD']);
  });

  test('is heard whole after a silence', () => {
    insert('6901234567892');
    vi.advanceTimersByTime(121);
    expect(texts).toEqual(['6901234567892']);
    expect(listener().value).toBe('');
  });

  test('is heard at its Enter, letter by letter or at once', () => {
    for (const letter of 'KK1:AB CD') insert(letter);
    press('Enter', listener());
    expect(texts).toEqual(['KK1:AB CD']);
  });

  test('that presses keys too is not heard double', () => {
    for (const letter of 'KK1:ABCD') {
      press(letter, listener());
      insert(letter);
    }
    press('Enter', listener());
    expect(texts).toEqual(['KK1:ABCD']);
  });
});

describe('the field that listens', () => {
  test('has a name, no tab stop, and the focus while nothing else needs it', () => {
    expect(listener().getAttribute('aria-label')).toBe('scanner');
    expect(listener().tabIndex).toBe(-1);
    expect(document.activeElement).toBe(listener());
  });

  test('leaves the focus to a field, and takes it back when that is gone', () => {
    const field = document.createElement('textarea');
    document.body.append(field);
    field.focus();
    vi.advanceTimersByTime(10);
    expect(document.activeElement).toBe(field);
    field.blur();
    vi.advanceTimersByTime(10);
    expect(document.activeElement).toBe(listener());
  });

  test.each(['<dialog open></dialog>', '<section data-state="stop"></section>'])(
    'takes no focus while %s is up',
    (markup) => {
      listener().blur();
      document.body.insertAdjacentHTML('beforeend', markup);
      document.dispatchEvent(new Event('pointerup'));
      vi.advanceTimersByTime(10);
      expect(document.activeElement).not.toBe(listener());
    },
  );

  test('is gone once told to stop', () => {
    stop();
    expect(document.querySelector('input')).toBeNull();
  });
});

describe('a scanner set up wrongly is refused, with the reason', () => {
  const pass = `KK1:${'6BFOXN%TS3DHPVO13J /G-'.repeat(8)}`;

  test.each([
    ['wrong-case', pass.toLowerCase()],
    ['wrong-case', `EYj${'HBGCIoijfuZi1nIiS'.repeat(9)}`],
    ['wrong-case', 'KAKOU:ENROL#HUB=H&CODE=abcdefghijklmnopqrstuv'],
    ['wrong-layout', pass.replace('1:', '&M')],
    ['wrong-layout', pass.replace(':', 'Ö')],
    ['wrong-layout', pass.replace('KK1:', 'ＫＫ１：')],
  ])('%s', (trouble, text) => {
    type(text, 2);
    press('Enter');
    expect([texts, troubles]).toEqual([[], [trouble]]);
  });

  test('alt-codes, told once, their keys pressing nothing', () => {
    const events = [...'075075049058'].map((digit) => {
      vi.advanceTimersByTime(5);
      return press(digit, document.body, { altKey: true, code: `Numpad${digit}` });
    });
    vi.advanceTimersByTime(1000);
    expect([texts, troubles]).toEqual([[], ['alt-codes']]);
    expect(events.every((event) => event.defaultPrevented)).toBe(true);
  });

  test('an input method that catches its keys', () => {
    for (let key = 0; key < 20; key++) {
      vi.advanceTimersByTime(5);
      press('Process');
    }
    expect([texts, troubles]).toEqual([[], ['input-method']]);
  });

  test('one Alt combination of a person is no trouble', () => {
    press('5', document.body, { altKey: true, code: 'Numpad5' });
    vi.advanceTimersByTime(1000);
    expect(troubles).toEqual([]);
  });
});
