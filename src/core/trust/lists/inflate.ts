import type { Bytes } from '../../units.ts';

/**
 * Inflates zlib data (RFC 1950) to exactly `size` bytes. Stops as soon as there is one byte more,
 * so a bomb costs no more than the declared size; undefined when it is too long, too short or broken.
 */
export async function inflateExactly(data: Uint8Array, size: number): Promise<Bytes | undefined> {
  if (typeof DecompressionStream === 'undefined') {
    const { inflateByScript } = await import('./inflate-script.ts');
    return inflateByScript(data, size);
  }
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const feeding = writer.write(data).then(() => writer.close());
  feeding.catch(() => undefined); // the reader reports the same failure
  const out = new Uint8Array(size);
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !value) break;
      if (filled + value.length > size) {
        await reader.cancel();
        return undefined;
      }
      out.set(value, filled);
      filled += value.length;
    }
    await feeding;
  } catch {
    return undefined;
  }
  return filled === size ? out : undefined;
}
