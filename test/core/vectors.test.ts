import { expect, test } from 'vitest';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import { contextOf, readVectors } from '../support/vector-case.ts';

const cases = readVectors();

test('there are at least 300 vectors, each with a name of its own', () => {
  expect(cases.length).toBeGreaterThanOrEqual(300);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

test.each(cases)('$name ends in $expect.state/$expect.reason', async (one) => {
  const { state, reason } = await verifyPass(one.text, await contextOf(one));
  expect({ state, reason }).toEqual(one.expect);
});
