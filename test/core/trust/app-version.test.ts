import { expect, test } from 'vitest';
import { isTooOld } from '../../../src/core/trust/app-version.ts';

test.each([
  ['0.1.0', '0.1.0'],
  ['0.10.0', '0.9.9'],
  ['1.0.0', '0.99.99'],
  ['2', '1.9.9'],
  ['1.2', '1.2.0'],
  ['1.2.0.1', '1.2'],
])('version %s is new enough for %s', (app, minimum) => {
  expect(isTooOld(app, minimum)).toBe(false);
});

test.each([
  ['0.1.0', '0.1.1'],
  ['0.9.9', '0.10.0'],
  ['1', '1.0.1'],
  ['1.2', '1.2.0.1'],
  ['', '0.1.0'],
  ['0.1.0', ''],
  ['0.1.0-beta', '0.1.0'],
  ['9.9.9', 'latest'],
  ['9.9.9', '0.0.0x'],
  ['1.', '0.1.0'],
  ['-1.0.0', '0.0.0'],
])('version %j is too old, or no version, for %j', (app, minimum) => {
  expect(isTooOld(app, minimum)).toBe(true);
});
