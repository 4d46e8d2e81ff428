import { describe, expect, test } from 'vitest';
import { classify } from '../../../src/core/pass/classify.ts';
import { cwt, good, jwt, said, show } from '../../support/passes.ts';

describe('a text that is no pass is named for what it is', () => {
  test.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['kakou:enrol#abc', 'enrolment'],
    ['KAKOU:ENROL#abc', 'enrolment'],
    ['kakou:venue#1', 'venue-code'],
    ['kakou:place#1', 'venue-code'],
    ['HC1:6BFOXN', 'foreign-pass'],
    ['shc:/5676', 'foreign-pass'],
    ['WIFI:T:WPA;S:x;;', 'wifi'],
    ['BEGIN:VCARD', 'contact'],
    ['MECARD:N:x;;', 'contact'],
    ['tel:12345', 'phone'],
    ['SMSTO:12345:hi', 'phone'],
    ['mailto:a@example.org', 'mail'],
    ['geo:39.1,117.2', 'location'],
    ['https://qr.alipay.com/x', 'payment'],
    ['wxp://f2f0', 'payment'],
    ['https://example.org/KK1:', 'web-link'],
    ['  http://example.org', 'web-link'],
    ['www.example.org', 'web-link'],
    ['a\u0000b', 'binary'],
    ['\ufffd\ufffd', 'binary'],
    ['12345', 'text'],
    ['KK3:ABC', 'text'],
    ['eyJ', 'text'],
    ['xKK1:ABC', 'text'],
    ['x'.repeat(2048), 'text'],
    ['x'.repeat(2049), 'too-long'],
  ])('%j is %s', async (text, what) => {
    expect(classify(text)).toEqual({ notAPass: what });
    expect(await show(text)).toEqual({ state: 'unknown', reason: 'not-a-pass', what });
  });
});

describe('a text that claims to be a pass', () => {
  test.each([
    ['KK1:', 'kk1'],
    [' kk1:x', 'kk1'],
    ['\ufeffKK2:', 'kk2'],
    ['Kk2:', 'kk2'],
    ['eyJhbGciOiJub25lIn0..', 'jwt'],
    ['\n eyJ.', 'jwt'],
  ])('like %j is judged as one (%s)', (text, pass) => {
    expect(classify(text)).toEqual({ pass });
  });
});

/** A good pass whose text has at least `length` characters, by a claim nobody knows. */
async function ofLength(make: typeof cwt | typeof jwt, length: number): Promise<string> {
  for (let pad = Math.floor(length / 2); ; pad++) {
    const text = await make({ claims: good({ pad: 'x'.repeat(pad) }) });
    if (text.length >= length) return text;
  }
}

test.each([
  ['CWT', cwt],
  ['JWT', jwt],
])('a %s of 2,047 characters is read, a longer one is malformed, however good', async (_, make) => {
  // neither encoding has a text of exactly 2,048
  const longest = await ofLength(make, 2046);
  expect(longest.length).toBeLessThanOrEqual(2047);
  expect(await said(longest)).toBe('pass/admitted');
  const longer = await ofLength(make, 2048);
  expect(longer.length).toBeGreaterThan(2048);
  expect(await said(longer)).toBe('stop/malformed');
});
