import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toBase64url } from '../../src/core/base64url.ts';
import * as ids from '../../src/core/ids.ts';

const root = join(import.meta.dirname, '..', '..', 'src');
const others = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && name !== join('core', 'ids.ts'))
  .map((name) => [name, readFileSync(join(root, name), 'utf8')] as const);

it('what an id looks like is told in one file alone', () => {
  const told =
    /\[AQgw\]|\\x21-\\x7e|\[0-9a-f\]\{64\}|\[A-Z\]\{2\}\(|-_\]\{4[23]\}|\\d\{4\}-\\+d\{2\}/;
  expect(others.filter(([, text]) => told.test(text)).map(([name]) => name)).toEqual([]);
});

describe('an id of 128 bits', () => {
  const every = [ids.isDeviceId, ids.isEnrolmentCode, ids.isNonce];

  it('is 16 bytes, whichever they are, in their one spelling', () => {
    for (let byte = 0; byte < 256; byte++) {
      const text = toBase64url(new Uint8Array(16).fill(byte));
      for (const is of every) expect(is(text)).toBe(true);
    }
  });

  it.each([
    '',
    'A'.repeat(21),
    'A'.repeat(23),
    `${'A'.repeat(21)}B`,
    `${'A'.repeat(22)}\n`,
    '+'.repeat(22),
  ])('%j is none', (text) => {
    for (const is of every) expect(is(text)).toBe(false);
  });
});

it.each([
  [ids.isGateId, 'gate-7', ['', 'a b', '门', 'g\n', 'g'.repeat(65)]],
  [ids.isKid, 'l1', ['', 'a b', 'l\u0000', 'k'.repeat(17)]],
  [ids.isIssuerId, 'CN-TJ', ['', 'cn', 'CN-', 'CN-TJTJ', 'CN-TJ\n', 'CNN']],
  [ids.isThumbprint, 'k'.repeat(43), ['', 'k'.repeat(42), '='.repeat(43)]],
  [ids.isSha256Hex, '0f'.repeat(32), ['', '0F'.repeat(32), '0'.repeat(63), `${'0'.repeat(64)}\n`]],
  [ids.isDay, '2024-02-29', ['', '2026-02-29', '2026-2-1', '2026-02-01T00', '02026-02-01']],
])('%o takes its own and nothing else', (is, good, bad) => {
  expect(is(good)).toBe(true);
  expect(bad.filter(is)).toEqual([]);
});
