import { concat, utf8 } from '../bytes.ts';
import type { Bytes, EpochMillis } from '../units.ts';
import { noPause, type Pause } from './pause.ts';

/** One file of an archive: an ASCII name, and its text piece by piece. */
export interface ZipFile {
  readonly name: string;
  readonly parts: Iterable<string>;
}

/** A ZIP file knows no other years; a phone with an empty battery does. */
const earliest = Date.UTC(1980, 0, 2);
const latest = Date.UTC(2099, 11, 30);
const deflated = 8;
const stored = 0;
const version = 20;
/** Names are UTF-8. */
const flags = 0x0800;

/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10, no ZIP64: under 4 GB), deflated where the platform can, else
 * stored as it is. `at`: the time its files say they were made, UTC. Pauses after every piece.
 */
export async function zip(
  files: Iterable<ZipFile>,
  at: EpochMillis,
  pause: Pause = noPause,
): Promise<Bytes> {
  const time = dosTime(at);
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  let count = 0;
  for (const { name, parts } of files) {
    const sum = { crc: ~0, size: 0 };
    const { method, bytes } = await packed(summed(parts, sum), pause);
    const common = [
      ...[u16(version), u16(flags), u16(method), time],
      ...[u32(~sum.crc), u32(bytes.length), u32(sum.size), u16(name.length), u16(0)],
    ];
    const local = concat(u32(0x04034b50), ...common, utf8(name), bytes);
    // comment, disk, attributes inside and outside
    const rest = [u16(0), u16(0), u16(0), u32(0), u32(offset), utf8(name)];
    directory.push(concat(u32(0x02014b50), u16(version), ...common, ...rest));
    locals.push(local);
    offset += local.length;
    count++;
  }
  const list = concat(...directory);
  const end = [u16(0), u16(0), u16(count), u16(count), u32(list.length), u32(offset), u16(0)];
  return concat(...locals, list, u32(0x06054b50), ...end);
}

function* summed(parts: Iterable<string>, sum: { crc: number; size: number }): Iterable<Bytes> {
  for (const part of parts) {
    const bytes = utf8(part);
    sum.crc = crc32(bytes, sum.crc);
    sum.size += bytes.length;
    yield bytes;
  }
}

async function packed(
  parts: Iterable<Bytes>,
  pause: Pause,
): Promise<{ method: number; bytes: Bytes }> {
  // browsers before 2023 know it not, or not this format: then the file is larger, and as good
  const stream = deflater();
  if (!stream) return { method: stored, bytes: concat(...(await collected(parts, pause))) };
  const writing = write(stream, parts, pause);
  writing.catch(() => undefined); // the reader reports the same failure
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    chunks.push(value);
  }
  await writing;
  return { method: deflated, bytes: concat(...chunks) };
}

async function write(
  { writable }: CompressionStream,
  parts: Iterable<Bytes>,
  pause: Pause,
): Promise<void> {
  const writer = writable.getWriter();
  for (const part of parts) {
    await writer.write(part);
    await pause();
  }
  await writer.close();
}

async function collected(parts: Iterable<Bytes>, pause: Pause): Promise<Bytes[]> {
  const all: Bytes[] = [];
  for (const part of parts) {
    all.push(part);
    await pause();
  }
  return all;
}

function deflater(): CompressionStream | undefined {
  try {
    return new CompressionStream('deflate-raw');
  } catch {
    return undefined;
  }
}

const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
const u32 = (value: number): Uint8Array => concat(u16(value), u16(value >>> 16));

/** Time and date as MS-DOS has them: two seconds are the least. */
function dosTime(at: number): Uint8Array {
  const date = new Date(Math.min(Math.max(at, earliest), latest));
  const [h, m, s] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  const [y, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return concat(u16((h << 11) | (m << 5) | (s >> 1)), u16(((y - 1980) << 9) | (month << 5) | day));
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 (ISO 3309) of what came before, `~0` at first, and these bytes; the end is inverted. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = before;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc;
}
