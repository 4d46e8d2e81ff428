import { decode, encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../src/core/bytes.ts';
import { CborFloat, decodeCbor, encodeByteString } from '../../../src/core/pass/cbor.ts';
import { sigStructure } from '../../../src/core/pass/cose.ts';

const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array();

/** Any value a pass could be made of. */
const value = fc.letrec<{ item: unknown }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.array(tie('item'), { maxLength: 5 }),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.integer(), fc.string({ maxLength: 5 })), tie('item')), {
        maxLength: 5,
        selector: ([key]) => key,
      })
      .map((entries) => new Map(entries)),
  ),
})).item;

describe('decoding CBOR', () => {
  it('gives back whatever another encoder wrote', () => {
    fc.assert(
      fc.property(value, (given) => {
        const bytes = encode(given);
        fc.pre(bytes.length <= 2048);
        expect(decodeCbor(bytes)).toEqual(given);
      }),
    );
  });

  it('never throws, and takes no bytes another strict decoder refuses', () => {
    const strict = { strict: true, allowIndefinite: false, allowUndefined: false, useMaps: true };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        if (decodeCbor(bytes) === undefined) return;
        expect(() => decode(bytes, { ...strict, rejectDuplicateMapKeys: true })).not.toThrow();
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['1bffffffffffffffff', 'an integer beyond 2^53'],
    ['1b0020000000000000', '2^53 itself'],
    ['3b001fffffffffffff', 'a negative integer beyond 2^53'],
    ['1800', 'a longer head than needed'],
    ['190017', 'two bytes for one'],
    ['1a00000100', 'four bytes for two'],
    ['1b0000000000000001', 'eight bytes for one'],
    ['580100', 'a longer length than needed'],
    ['1c', 'a reserved head'],
    ['5f4100ff', 'an indefinite byte string'],
    ['9fff', 'an indefinite array'],
    ['bfff', 'an indefinite map'],
    ['ff', 'a break'],
    ['a101ff', 'a break as a map value'],
    ['a201000100', 'a key twice'],
    ['a1f400', 'a boolean key'],
    ['a1410000', 'a byte string key'],
    ['a1f9000000', 'a float key'],
    ['c000', 'a tag'],
    ['f7', 'undefined'],
    ['f0', 'a simple value'],
    ['f820', 'a simple value of two bytes'],
    ['61ff', 'invalid UTF-8'],
    ['63eda080', 'a surrogate in UTF-8'],
    ['0000', 'a byte too many'],
    ['4200', 'a byte too few'],
    ['82', 'an array without its items'],
    ['', 'nothing'],
  ])('refuses %s: %s', (bytes) => {
    expect(decodeCbor(hex(bytes))).toBeUndefined();
  });

  it.each([
    ['00', 0],
    ['1817', undefined],
    ['1818', 24],
    ['20', -1],
    ['1b001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['3b001ffffffffffffe', -Number.MAX_SAFE_INTEGER],
    ['f6', null],
    ['60', ''],
    ['63efbbbf', '\ufeff'],
  ])('reads %s', (bytes, expected) => {
    expect(decodeCbor(hex(bytes))).toBe(expected);
  });

  it('keeps a float apart from the integer it looks like', () => {
    for (const one of ['f93c00', 'fa3f800000', 'fb3ff0000000000000']) {
      expect(decodeCbor(hex(one))).toBeInstanceOf(CborFloat);
    }
  });

  it('stops at a bounded depth and a bounded size', () => {
    expect(decodeCbor(hex(`${'81'.repeat(15)}00`))).toBeDefined();
    expect(decodeCbor(hex(`${'81'.repeat(16)}00`))).toBeUndefined();
    expect(decodeCbor(hex('81'.repeat(2000)))).toBeUndefined();
    expect(decodeCbor(encode(new Uint8Array(3000)))).toBeUndefined();
    expect(decodeCbor(hex('9bffffffffffffffff'))).toBeUndefined();
    expect(decodeCbor(hex('9a7fffffff00'))).toBeUndefined();
  });
});

describe('what is signed over', () => {
  it('is the same bytes another encoder makes of the Sig_structure', () => {
    const part = fc.uint8Array({ maxLength: 700 });
    fc.assert(
      fc.property(part, part, part, (header, aad, payload) => {
        const expected = encode(['Signature1', header, aad, payload]);
        expect(sigStructure(header, aad, payload)).toEqual(new Uint8Array(expected));
      }),
    );
  });

  it.each([0, 23, 24, 255, 256, 2000])('encodes a byte string of %i bytes', (length) => {
    const bytes = new Uint8Array(length).fill(7);
    expect(encodeByteString(bytes)).toEqual(new Uint8Array(encode(bytes)));
  });
});
