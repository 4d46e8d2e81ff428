import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapOrdered, readLines } from '../../src/cli/lines.ts';

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('lines come whole however the stream was cut, with and without a last LF', async () => {
  expect(await all(readLines(chunks('a\nb', 'c\r', '\n\n', 'd')))).toEqual(['a', 'bc', '', 'd']);
  expect(await all(readLines(chunks('a\n')))).toEqual(['a']);
});

test('a separator that only looks like a line end does not split a line', async () => {
  expect(await all(readLines(chunks('a\u2028b\u0085c\n')))).toEqual(['a\u2028b\u0085c']);
});

test('200 MB without a line end cost no more than their first part', async () => {
  const chunk = new TextEncoder().encode('x'.repeat(100_000));
  async function* endless() {
    for (let n = 0; n < 2000; n++) yield chunk;
    yield* chunks('\nnext');
  }
  const [line, next] = await all(readLines(endless()));
  expect(line?.length).toBe(4096);
  expect(next).toBe('next');
});

test('answers keep their order when a later one is ready first, and few are under way', async () => {
  let underWay = 0;
  let most = 0;
  const slow = async (line: string) => {
    most = Math.max(most, ++underWay);
    await setTimeout(Number(line));
    underWay--;
    return line;
  };
  const answers = await all(mapOrdered(readLines(chunks('20\n1\n9\n0\n5\n3\n')), 3, slow));
  expect(answers).toEqual(['20', '1', '9', '0', '5', '3']);
  expect(most).toBe(3);
});
