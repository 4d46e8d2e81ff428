import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { arrayLiteral } from '../../src/node/store/array-literal.ts';

const textArray = 1009 as Parameters<typeof pg.types.getTypeParser>[0];
const read = pg.types.getTypeParser(textArray, 'text');

describe('arrayLiteral', () => {
  it('is read as the very texts, numbers and nulls, whatever is in them', () => {
    const item = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'NULL', 'null', '{', '}', ',', '"', '\\', '\\"', ' a ', '1'),
      fc.integer(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const texts = items.map((one) => (one === null ? null : String(one)));
        expect(read(arrayLiteral(items) ?? '')).toEqual(texts);
      }),
    );
  });

  it('leaves to the driver what it does not know', () => {
    for (const other of [true, new Date(0), ['a'], Buffer.from('a'), {}])
      expect(arrayLiteral(['a', other])).toBeUndefined();
  });
});
