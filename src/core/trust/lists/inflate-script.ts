import { Unzlib } from 'fflate';
import type { Bytes } from '../../units.ts';

/** Bytes given at once: a bomb's worth of them makes a megabyte before it is noticed. */
const portion = 1024;

/** `inflateExactly` where the browser has no `DecompressionStream` (Safari below 16.4, Firefox below 113). */
export function inflateByScript(data: Uint8Array, size: number): Bytes | undefined {
  const out = new Uint8Array(size);
  let filled = 0;
  let isWhole = false;
  const stream = new Unzlib((part, isLast) => {
    out.set(part, filled); // throws where there is more than `size`
    filled += part.length;
    isWhole = isLast;
  });
  try {
    for (let at = 0; at < data.length; at += portion) {
      stream.push(data.subarray(at, at + portion), at + portion >= data.length);
    }
  } catch {
    return undefined;
  }
  // the library does not look at the checksum
  return isWhole && filled === size && adler32(out) === checksumOf(data) ? out : undefined;
}

function checksumOf(data: Uint8Array): number | undefined {
  const { buffer, byteOffset, length } = data;
  return length < 6 ? undefined : new DataView(buffer, byteOffset, length).getUint32(length - 4);
}

/** RFC 1950, section 9. */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let from = 0; from < bytes.length; from += 3800) {
    for (const byte of bytes.subarray(from, from + 3800)) {
      a += byte;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
