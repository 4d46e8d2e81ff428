import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromHex, fromUtf8, toHex, utf8, utf8Length } from '../../src/core/bytes.ts';

it('counts the bytes of every text as the encoder makes them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(utf8(text).length);
    }),
  );
});

it.each(['\ud800', 'a\udc00', '\udc00\ud800', '\ud83d!'])(
  'has no length for half a pair %j',
  (text) => {
    expect(utf8Length(text)).toBeUndefined();
  },
);

it('reads hex in one spelling only', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
  for (const bad of ['0', 'AA', '0x', ' 00', '00\n']) expect(fromHex(bad)).toBeUndefined();
});

it('decodes no invalid UTF-8 and keeps a BOM', () => {
  expect(fromUtf8(new Uint8Array([0xff]))).toBeUndefined();
  expect(fromUtf8(new Uint8Array([0xef, 0xbb, 0xbf]))).toBe('\ufeff');
});
