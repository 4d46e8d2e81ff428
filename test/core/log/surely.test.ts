import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseEntry, parseSlowly } from '../../../src/core/log/entry-schema.ts';
import { surely } from '../../../src/core/log/surely.ts';
import { someEntries, someScan } from '../../support/log-entries.ts';

const entries = await someEntries(2, 'device-1');
const bodies = [
  someScan,
  { type: 'decision', ref: 1, state: 'pass', reason: 'admitted', temperatureC: 36.6, by: 'guard' },
  { type: 'manual', category: 'elder', admitted: true, tail: '2X', companions: 1, dir: 'out' },
  { type: 'look', method: 'camera', state: 'pass', reason: 'admitted', kind: 'live', iss: 'CN-TJ' },
  { type: 'supervisor', act: 'count-set', count: 12, was: -3 },
  { type: 'shift-start', operator: '07' },
  { type: 'of-tomorrow' },
];
const base = {
  ...entries[0],
  ...Object.fromEntries(Object.keys(someScan).map((name) => [name, undefined])),
};
const whole = bodies.map((body) => JSON.parse(JSON.stringify({ ...base, ...body })) as object);
const names = [...new Set(whole.flatMap((one) => Object.keys(one))), 'tomorrow', '__proto__', 'st'];
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      '',
      'a',
      'A',
      'pass',
      'out',
      'in',
      true,
      false,
      0,
      -0,
      1,
      -1,
      1.5,
      2 ** 53,
      1e16,
      20,
      50.01,
    ],
    ...[
      null,
      undefined,
      [],
      {},
      'x'.repeat(33),
      'x'.repeat(65),
      'f'.repeat(64),
      'F'.repeat(64),
      Number.NaN,
    ],
  ),
  fc.anything(),
);

describe('a quick look at an entry', () => {
  it('says what the schema says, whatever is changed, added or left out', () => {
    let [good, bad] = [0, 0];
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.constantFrom(...names), odd), { maxLength: 2 }),
        fc.array(fc.constantFrom(...names), { maxLength: 1 }),
        (one, changes, left) => {
          const entry: Record<string, unknown> = { ...one };
          for (const [name, value] of changes) entry[name] = value;
          for (const name of left) delete entry[name];
          const said = parseSlowly(entry);
          expect(parseEntry(entry)).toBe(said);
          if (said) good++;
          else bad++;
        },
      ),
      { numRuns: 4000 },
    );
    expect(Math.min(good, bad)).toBeGreaterThan(200); // it saw enough of both
  });

  it('is sure of every entry a phone of today writes, so that the schema is asked of others alone', () => {
    const schema = v.object({
      n: v.pipe(v.number(), v.minValue(1)),
      word: v.optional(v.literal('out')),
    });
    const sure = surely(schema);
    expect([sure({ n: 1 }), sure({ n: 2, word: 'out', more: 1 })]).toEqual([true, true]);
    expect([sure({ n: 0 }), sure({ n: 1, word: 'in' }), sure(null), sure([])]).toEqual(
      Array(4).fill(false),
    );
  });

  it('is never sure by a schema it does not know, or that changes what it takes', () => {
    const trimmed = v.pipe(v.string(), v.trim());
    const given = v.object({ a: v.optional(v.string(), 'a') });
    const sticky = v.pipe(v.string(), v.regex(/a/g));
    expect([trimmed, v.any(), v.array(v.string()), sticky].map((one) => surely(one)('a'))).toEqual(
      Array(4).fill(false),
    );
    expect(surely(given)({})).toBe(false);
    const either = v.object({ a: v.union([v.string(), v.number()]) });
    expect(surely(either)({ a: 'a' })).toBe(false);
  });
});
