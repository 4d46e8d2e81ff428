import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, canonicalWithout } from '../../../src/core/log/jcs.ts';

describe('canonical JSON (RFC 8785)', () => {
  it('writes the example of RFC 8785 section 3.2.2 as section 3.2.3 does', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts members by UTF-16 code units, as in RFC 8785 section 3.2.3', () => {
    const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('does not take one set of names for another that is spelled alike', () => {
    for (let i = 0; i < 2; i++) {
      expect(canonicalJson({ b: 1, a: 2 })).toBe('{"a":2,"b":1}');
      expect(canonicalJson({ 'b\na': 1 })).toBe('{"b\\na":1}');
      expect(canonicalJson({ 'a\nb': 1, c: 2 })).toBe('{"a\\nb":1,"c":2}');
      expect(canonicalJson({ a: 1, 'b\nc': 2 })).toBe('{"a":1,"b\\nc":2}');
      expect(canonicalJson({ a: 1, b: 1, c: 2 })).toBe('{"a":1,"b":1,"c":2}');
    }
  });

  it('writes an object and the same without a member, as each alone', () => {
    const one = { hash: 'f', b: [1, { hash: 2 }], a: 'ä"' };
    const { hash: _, ...rest } = one;
    const both = canonicalWithout(one, 'hash');
    expect(both).toEqual({ whole: canonicalJson(one), without: canonicalJson(rest) });
    expect(canonicalWithout({ hash: 1 }, 'hash')).toEqual({ whole: '{"hash":1}', without: '{}' });
    expect(canonicalWithout({ a: Number.NaN }, 'hash')).toBeUndefined();
  });

  it('writes minus zero as zero', () => {
    expect(canonicalJson(-0)).toBe('0');
  });

  it.each([
    ['undefined', undefined],
    ['a member that is undefined', { a: undefined }],
    ['NaN', [Number.NaN]],
    ['infinity', { a: Number.POSITIVE_INFINITY }],
    ['a lone surrogate', 'a\ud800b'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(2)],
    ['a hole in an array', new Array(1)],
  ])('refuses %s', (_, value) => {
    expect(canonicalJson(value)).toBeUndefined();
  });

  it('refuses nesting ten thousand deep without overflowing the stack', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 10_000; i++) deep = [deep];
    expect(canonicalJson(deep)).toBeUndefined();
  });

  it('says the same of a value whatever order its members were made in, and loses nothing', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([k, x]) => [k, reversed(x)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        const text = canonicalJson(plain);
        expect(text).toBeDefined();
        expect(canonicalJson(reversed(plain))).toBe(text);
        expect(JSON.parse(text ?? '')).toEqual(plain);
      }),
    );
  });
});
