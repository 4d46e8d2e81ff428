import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsQr from 'jsqr';
import { expect, it } from 'vitest';
import { qrLines, qrMatrix } from '../../../src/core/qr/qr-matrix.ts';

const text = 'kakou:enrol#hub=https%3A%2F%2Fhub.example&code=AAAAAAAAAAAAAAAAAAAAAA';

it('has four light modules around, and a reader by others reads it', () => {
  const { size, rows } = qrMatrix(text);
  const edge = [0, 1, 2, 3, size - 4, size - 3, size - 2, size - 1];
  expect(rows.map((row) => row.length)).toEqual(Array(size).fill(size));
  for (const at of edge)
    for (let i = 0; i < size; i++) expect([rows[at]?.[i], rows[i]?.[at]]).toEqual([false, false]);
  const scale = 4;
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (rows[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  expect(jsQr(pixels, side, side)?.data).toBe(text);
});

it('takes two rows a line on a terminal', () => {
  const lines = qrLines(text).split('\n');
  expect(lines.length).toBe(Math.ceil(qrMatrix(text).size / 2));
  expect(lines.every((line) => line.length === qrMatrix(text).size)).toBe(true);
});

it('no other file asks the library for a code of its own look', () => {
  const root = join(import.meta.dirname, '..', '..', '..', 'src');
  const asking = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .filter((name) => readFileSync(join(root, name), 'utf8').includes("from 'uqr'"));
  expect(asking).toEqual([join('core', 'qr', 'qr-matrix.ts')]);
});
