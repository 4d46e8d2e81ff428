import type { Page } from 'playwright-core';
import { pause } from './in-time.ts';

/** Keys of a US keyboard beside letters and digits: unshifted, shifted, `code`, Windows virtual key code. */
const marks: readonly (readonly [string, string, code: string, number])[] = [
  ['`', '~', 'Backquote', 192],
  ['-', '_', 'Minus', 189],
  ['=', '+', 'Equal', 187],
  ['[', '{', 'BracketLeft', 219],
  [']', '}', 'BracketRight', 221],
  ['\\', '|', 'Backslash', 220],
  [';', ':', 'Semicolon', 186],
  ["'", '"', 'Quote', 222],
  [',', '<', 'Comma', 188],
  ['.', '>', 'Period', 190],
  ['/', '?', 'Slash', 191],
  [' ', ' ', 'Space', 32],
];
const shiftedDigits = ')!@#$%^&*(';
const named: Readonly<Record<string, { code: number; text?: string }>> = {
  Enter: { code: 13, text: '\r' },
  Tab: { code: 9 },
};

/**
 * Real key events as a hardware scanner sends them, a key every `gapMs`: each goes off at its time
 * whether or not the browser has answered for the one before, as from a scanner. At 0 all are sent
 * together, so that a machine that stalls this process makes no gap in the scan. Each bears the time
 * when it was due, as the system stamps a key: how late a busy browser passes it on does not show.
 */
export async function typeKeys(page: Page, keys: readonly string[], gapMs = 0): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const began = performance.now();
  const startS = Date.now() / 1000;
  const sent: Promise<unknown>[] = [];
  for (const [at, key] of keys.entries()) {
    const early = began + at * gapMs - performance.now();
    if (gapMs > 0 && early > 0) await pause(early);
    const { text, ...event } = eventOf(key);
    const timestamp = startS + (at * gapMs) / 1000;
    const down = { ...event, timestamp, ...(text !== undefined && { text }) };
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...down }));
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event, timestamp }));
  }
  await Promise.all(sent);
  await session.detach();
}

/**
 * A scan by a scanner that inserts its text and presses no key: whole at once, so that no machine is too
 * slow for it. Where the scanner is not what is tested.
 */
export async function insertScan(page: Page, text: string): Promise<void> {
  await page.locator('body > input').focus();
  await page.keyboard.insertText(text);
}

function eventOf(key: string) {
  const special = named[key];
  if (special) {
    return { key, code: key, windowsVirtualKeyCode: special.code, text: special.text };
  }
  const upper = key.toUpperCase();
  const digit = /\d/.test(key) ? Number(key) : shiftedDigits.indexOf(key);
  const [, , code, virtual] =
    marks.find(([plain, shifted]) => key === plain || key === shifted) ?? [];
  if (/^[A-Z]$/.test(upper)) return of(`Key${upper}`, upper.charCodeAt(0));
  if (digit >= 0) return of(`Digit${digit}`, 48 + digit);
  if (code !== undefined && virtual !== undefined) return of(code, virtual);
  throw new Error(`no key for ${JSON.stringify(key)}`);

  function of(code: string, windowsVirtualKeyCode: number) {
    return { key, code, windowsVirtualKeyCode, text: key };
  }
}
