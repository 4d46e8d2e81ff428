import { describe, expect, test } from 'vitest';
import { isClaimText } from '../../../src/core/pass/claim-text.ts';
import { mintLive, type PassClaims } from '../../../src/core/pass/kakou/mint.ts';
import { epochSeconds } from '../../../src/core/units.ts';
import { at, cwt, good, jwt, said, signer } from '../../support/passes.ts';

const bytes = (length: number) => 'x'.repeat(length);

describe.each([
  ['CWT', cwt],
  ['JWT', jwt],
] as const)('a %s', (_, make) => {
  const ending = async (hc: object) => said(await make({ claims: good({ hc }) }));

  test('with a masked name of 48 bytes and a masked id of 24 is taken, a byte more is malformed', async () => {
    expect(await ending({ nm: bytes(48), mi: bytes(24) })).toBe('pass/admitted');
    expect(await ending({ nm: bytes(49) })).toBe('stop/malformed');
    expect(await ending({ mi: bytes(25) })).toBe('stop/malformed');
    expect(await ending({ nm: '张'.repeat(16), mi: '…'.repeat(8) })).toBe('pass/admitted');
    expect(await ending({ nm: `${'张'.repeat(16)}*` })).toBe('stop/malformed');
    expect(await ending({ mi: `${'…'.repeat(8)}1` })).toBe('stop/malformed');
  });

  test('with the usual mask of a resident id, 18 characters, is taken', async () => {
    expect(await ending({ mi: '120101********001X' })).toBe('pass/admitted');
    expect(await ending({ mi: '120101········001X' })).toBe('stop/malformed'); // 26 bytes
  });
});

test.each([
  ['Arabic', 'عبد الله*'],
  ['Hebrew', 'דוד*כהן'],
  ['Uyghur', 'مەمەت*جان'],
  ['Tibetan', 'བཀྲ་ཤིས*'],
  ['a rare character with a variation selector', '葛\u{e0100}*'],
  ['a character outside the basic plane', '𠮷*'],
  ['a no-break space', 'A\u00a0B'],
])('%s is text to be seen', (_, name) => {
  expect(isClaimText(name, 48)).toBe(true);
});

test('no control, bidi, zero-width or separator character is', () => {
  const ranges: [number, number][] = [
    [0x00, 0x1f],
    [0x7f, 0x9f],
    [0xad, 0xad],
    [0x34f, 0x34f],
    [0x61c, 0x61c],
    [0x115f, 0x1160],
    [0x180e, 0x180e],
    [0x200b, 0x200f],
    [0x2028, 0x202e],
    [0x2060, 0x206f],
    [0x3164, 0x3164],
    [0xfeff, 0xfeff],
    [0xfff9, 0xfffb],
    [0xe0001, 0xe007f],
    [0xd800, 0xdfff],
  ];
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) {
      const text = `a${String.fromCodePoint(code)}b`;
      expect([code.toString(16), isClaimText(text, 48)]).toEqual([code.toString(16), false]);
    }
  }
});

test('an issuer signs no text that every scanner would refuse', async () => {
  const claims: PassClaims = {
    issuer: 'CN-TJ',
    iat: at,
    exp: epochSeconds(at + 60),
    jti: new Uint8Array(12),
    state: 'g',
    index: 1,
  };
  const by = await signer();
  for (const form of ['cwt', 'jwt'] as const) {
    for (const over of [
      { maskedName: bytes(49) },
      { maskedId: bytes(25) },
      { maskedName: '张\u202e三' },
      { aud: 'gate\n' },
      { state: 'g\0' },
      { notices: ['a1', 'b\u200b'] },
    ]) {
      await expect(mintLive({ ...claims, ...over }, by, form)).rejects.toThrow(/too long or not/);
    }
    const longest = { maskedName: bytes(48), maskedId: bytes(24) };
    expect(await said(await mintLive({ ...claims, ...longest }, by, form))).toBe('pass/admitted');
  }
});
