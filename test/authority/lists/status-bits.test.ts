import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blankBits,
  changesBetween,
  countBits,
  deflated,
  inflatedBits,
  type StatusChange,
  statusIn,
  withChanges,
} from '../../../src/authority/lists/status-bits.ts';

const size = 203;
const changes = (bits: 1 | 2) =>
  fc.array(
    fc.record({
      status: bits === 1 ? fc.constantFrom(0, 1) : fc.constantFrom(0, 1, 2),
      indices: fc.array(fc.nat(size - 1), { maxLength: 9 }),
    }),
  ) as fc.Arbitrary<StatusChange[]>;

test.each([1, 2] as const)(
  'what changed between two lists of %i bits makes one the other',
  (bits) => {
    fc.assert(
      fc.property(changes(bits), changes(bits), (first, second) => {
        const from = withChanges(blankBits(bits, size), first);
        const to = withChanges(blankBits(bits, size), second);
        expect(withChanges(from, changesBetween(from, to))).toEqual(to);
        expect(changesBetween(to, to)).toEqual([]);
      }),
    );
  },
);

test('statuses survive packing; a broken or longer packing is refused', async () => {
  const list = withChanges(blankBits(2, size), [{ status: 2, indices: [0, 202] }]);
  expect(await inflatedBits(deflated(list.bytes), 2, size)).toEqual(list);
  expect(await inflatedBits(deflated(list.bytes), 2, size + 8)).toBeUndefined();
  expect(await inflatedBits('!', 2, size)).toBeUndefined();
  expect([statusIn(list, 0), statusIn(list, 1), statusIn(list, 202)]).toEqual([2, 0, 2]);
  expect(countBits(list)).toEqual({ invalid: 0, suspended: 2 });
});

test.each([
  [1, 2, 0],
  [2, 1, size],
  [2, 1, -1],
  [2, 1, 0.5],
] as const)('a list of %i bits takes no status %i at index %d', (bits, status, index) => {
  const wrong = [{ status, indices: [index] }];
  expect(() => withChanges(blankBits(bits, size), wrong)).toThrow(RangeError);
});
