import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { zip } from '../../../src/core/table/zip.ts';
import { epochMillis } from '../../../src/core/units.ts';

const at = epochMillis(Date.UTC(2022, 2, 1, 8, 30, 20));
const long = Array.from({ length: 3000 }, (_, i) => `<c r="A${i}">卡口 ${i % 7}</c>`);
const files = [
  { name: 'a/one.xml', parts: ['<a>', '', '绿码', '</a>'] },
  { name: 'empty.xml', parts: [] },
  { name: 'long.xml', parts: long },
];
const read = (archive: Uint8Array) =>
  Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, strFromU8(bytes)]);
const wanted = files.map(({ name, parts }) => [name, parts.join('')]);

afterEach(() => vi.unstubAllGlobals());

describe('an archive', () => {
  it('is read back by another reader as it was, smaller than its text', async () => {
    const archive = await zip(files, at);
    expect(read(archive)).toEqual(wanted);
    expect(archive.length).toBeLessThan(long.join('').length / 4);
  });

  it.each([
    ['the platform cannot deflate', undefined],
    [
      'it knows another format only',
      class {
        constructor() {
          throw new TypeError('Unsupported compression format');
        }
      },
    ],
  ])('is as good, and larger, where %s', async (_, stream) => {
    vi.stubGlobal('CompressionStream', stream);
    const archive = await zip(files, at);
    expect(read(archive)).toEqual(wanted);
    expect(archive.length).toBeGreaterThan(long.join('').length);
  });

  it('has sums that a strict reader checks: CRC-32 of "123456789" is cbf43926', async () => {
    const archive = await zip([{ name: 'x', parts: ['12345', '6789'] }], at);
    expect([...archive.slice(14, 18)]).toEqual([0x26, 0x39, 0xf4, 0xcb]);
  });

  it.each([
    [0, 1980],
    [Date.UTC(2200, 0, 1), 2099],
  ])('made at %d says a year it can', async (when, year) => {
    const archive = await zip([{ name: 'x', parts: [] }], epochMillis(when));
    const date = (archive[12] ?? 0) | ((archive[13] ?? 0) << 8);
    expect((date >> 9) + 1980).toBe(year);
  });
});
