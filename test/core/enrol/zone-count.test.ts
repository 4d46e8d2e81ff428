import { beforeAll, describe, expect, test } from 'vitest';
import { publicHalf, signerOf } from '../../../src/authority/keys.ts';
import { signFile } from '../../../src/authority/sign-file.ts';
import { utf8 } from '../../../src/core/bytes.ts';
import { openZoneCount } from '../../../src/core/enrol/zone-count.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';

const device = 'AAAAAAAAAAAAAAAAAAAAAA';
const here = { device, gate: 'north', head: 40, now: 10_000_000, since: 0 };
const word = { device, gate: 'north', inside: 128, through: 40, from: 1000, at: 9_999_000 };

let sign: (payload: object, typ?: 'kakou-zone+jws' | 'kakou-receipt+jws') => Promise<Uint8Array>;
const keys = [publicHalf(demoKeys().receipt)];
beforeAll(async () => {
  const signer = await signerOf(demoKeys().receipt);
  sign = (payload, typ = 'kakou-zone+jws') => signFile(typ, payload, [signer]);
});
const open = async (file: Uint8Array, over: object = {}) => {
  const opened = await openZoneCount(file, keys, { ...here, ...over });
  return opened.ok ? opened.value.inside : opened.error;
};

describe('the hub’s word on a place', () => {
  test('is taken, below zero and with members of tomorrow too', async () => {
    expect(await open(await sign({ ...word, tomorrow: 1 }))).toBe(128);
    expect(await open(await sign({ ...word, inside: -3 }))).toBe(-3);
  });

  test('counts for nothing where nobody signed it, or another key', async () => {
    expect(await open(utf8(JSON.stringify(word)))).toBe('zone-malformed');
    const other = await signerOf(demoKeys().time);
    expect(await open(await signFile('kakou-zone+jws', word, [other]))).toBe('zone-forged');
    expect(await open(await sign(word, 'kakou-receipt+jws'))).toBe('zone-malformed');
  });

  test.each([
    ['another phone', { device: 'BBBBBBBBBBBBBBBBBBBBBA' }, 'zone-other'],
    ['another gate', { gate: 'south' }, 'zone-other'],
    ['entries nobody wrote', { through: 41 }, 'zone-other'],
    ['half a person', { inside: 1.5 }, 'zone-malformed'],
    ['no number', { inside: '12' }, 'zone-malformed'],
    ['a number beyond all', { inside: 1e300 }, 'zone-malformed'],
    ['a day that begins later', { from: 9_999_001 }, 'zone-ahead'],
    ['tomorrow', { at: 10_060_001 }, 'zone-ahead'],
    ['what must be understood', { crit: ['x'] }, 'zone-malformed'],
  ])('about %s is refused', async (_, over, problem) => {
    expect(await open(await sign({ ...word, ...over }))).toBe(problem);
  });

  test('played back is refused', async () => {
    expect(await open(await sign(word), { since: word.at })).toBe('zone-older');
    expect(await open(await sign(word), { since: word.at - 1 })).toBe(128);
  });
});
