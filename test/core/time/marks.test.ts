import { expect, test } from 'vitest';
import { floorOf, lessSkew, marksUnder, sourcesOf } from '../../../src/core/time/marks.ts';
import { epochSeconds } from '../../../src/core/units.ts';

const hub = { receiptKeys: [], timeKeys: [] };
const at = 1_800_000_000;

test('a list vouches for no more time than the bundle that pins it, however far ahead it is dated', () => {
  const bundle = { iat: at, issuers: [], hub };
  const lists = new Map([['CN-TJ', { iat: epochSeconds(at + 60) }]]);
  const { files } = sourcesOf({ bundle, lists });
  expect(files).toEqual({ bundle: lessSkew(at), 'list CN-TJ': lessSkew(at) });
});

test('marks of files and keys that are gone go with them, and no other', () => {
  const files = { bundle: lessSkew(at) };
  const kept = { 'time K1': lessSkew(at + 5), 'time first-version': lessSkew(at + 4) };
  const gone = { 'list CN-HE': lessSkew(at + 99), 'time K0': lessSkew(at + 98) };
  const sources = { files, keys: new Set(['time K1']), live: new Map() };
  const marks = marksUnder({ ...kept, ...gone }, sources);
  expect(marks).toEqual({ ...kept, ...files });
  expect(floorOf(marks)).toBe(lessSkew(at + 5));
});
