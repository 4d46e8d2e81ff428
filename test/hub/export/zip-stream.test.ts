import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { held } from '../../../src/hub/export/hold-open.ts';
import { type StreamedFile, zipStream } from '../../../src/hub/export/zip-stream.ts';

async function* of(...files: StreamedFile[]) {
  yield* files;
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

describe('an archive written as it is read', () => {
  it('holds what was put in: empty, Chinese, and more than one piece of it', async () => {
    const long = Array.from({ length: 3000 }, (_, i) => `${i} 号门 ${'x'.repeat(i % 100)}\n`);
    const bytes = await all(
      zipStream(of({ name: 'a/b.txt', parts: long }, { name: 'empty', parts: [] })),
    );
    const files = unzipSync(bytes);
    expect(strFromU8(files['a/b.txt'] ?? new Uint8Array())).toBe(long.join(''));
    expect(files['empty']).toHaveLength(0);
  });

  it('fails where its text fails, and never ends as if it were whole', async () => {
    async function* broken() {
      yield 'some';
      throw new Error('the database is gone');
    }
    await expect(all(zipStream(of({ name: 'a', parts: broken() })))).rejects.toThrow('gone');
  });

  it('lets go of its text when nobody reads on', async () => {
    let isOver = false;
    async function* endless() {
      try {
        for (;;) yield 'row '.repeat(10_000) + Math.random();
      } finally {
        isOver = true;
      }
    }
    const stream = zipStream(of({ name: 'a', parts: endless() }));
    for (let i = 0; i < 5; i++) await stream.next();
    await stream.return();
    await expect.poll(() => isOver).toBe(true);
  });
});

describe('a download held open', () => {
  async function* some() {
    for (let i = 0; i < 3; i++) yield Uint8Array.of(i);
  }

  it('gives its place back at the end, when the other side goes, and when the work fails', async () => {
    let places = 0;
    const over = () => void places++;
    await new Response(held(some(), over)).arrayBuffer();
    expect(places).toBe(1);
    const left = held(some(), over).getReader();
    await left.read();
    await left.cancel();
    expect(places).toBe(2);
    // biome-ignore lint/correctness/useYield: it fails before
    async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
      throw new Error('gone');
    }
    await expect(new Response(held(failing(), over)).arrayBuffer()).rejects.toThrow();
    expect(places).toBe(3);
  });

  it('is ended when nobody begins to take it', async () => {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    held(some(), over, 30);
    await expect.poll(() => isOver).toBe(true);
  });

  it('is ended when nobody takes anything more', async () => {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    const reader = held(some(), over, 30).getReader();
    await reader.read();
    await expect.poll(() => isOver).toBe(true);
    await expect(reader.read()).rejects.toThrow('nobody takes');
  });
});
