import { expect, it } from 'vitest';
import { fromHex, utf8 } from '../../../src/core/bytes.ts';
import { sixDigits } from '../../../src/core/enrol/fingerprint.ts';
import { derivePin, isPin, pinRounds } from '../../../src/core/enrol/pin.ts';

it('derives as PBKDF2-HMAC-SHA-256 does elsewhere', async () => {
  // RFC 7914 section 11: the first 32 bytes
  expect(await derivePin('passwd', utf8('salt'), 1)).toBe(
    '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
  );
  expect(pinRounds).toBeGreaterThanOrEqual(210_000);
});

it.each([
  ['12345', false],
  ['123456', true],
  ['1234567890123', false],
  ['12345a', false],
])('%s as a PIN: %s', (pin, good) => expect(isPin(pin)).toBe(good));

it('shows six digits of a thumbprint, zeros included', () => {
  expect(fromHex('00')).toBeDefined();
  expect(sixDigits('AAAAAQ')).toBe('000001');
  expect(sixDigits('_____w')).toBe('967295');
});
