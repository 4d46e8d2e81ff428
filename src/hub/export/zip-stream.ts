import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive: an ASCII name, and its text piece by piece. */
export interface StreamedFile {
  readonly name: string;
  readonly parts: AsyncIterable<string> | Iterable<string>;
}

/** 1 January 1980, the first day a ZIP file knows. */
const firstDay = 0x21;
/** Sizes follow the bytes, which are deflated; names are UTF-8. */
const flags = 0x0808;
const deflated = 8;
const version = 20;
const most = 0xffffffff;

interface Listed {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
}

/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10, no ZIP64) as its bytes come, so that no file is held whole. A file
 * that the next one waits for is held packed. Throws a `RangeError` beyond 4 GB.
 */
export async function* zipStream(
  files: AsyncIterable<StreamedFile>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const list: Listed[] = [];
  let offset = 0;
  for await (const { name, parts } of files) {
    const listed = { name: Buffer.from(name), offset, crc: 0, size: 0, packed: 0 };
    const local = head(0x04034b50, [version, flags, deflated, 0, firstDay], [0, 0, 0], listed.name);
    yield local;
    for await (const bytes of deflate(parts, listed)) {
      listed.packed += bytes.length;
      yield bytes;
    }
    const end = uint32s(0x08074b50, listed.crc, listed.packed, listed.size);
    yield end;
    offset += local.length + listed.packed + end.length;
    if (Math.max(offset, listed.size) > most) throw new RangeError('over 4 GB');
    list.push(listed);
  }
  const directory = Buffer.concat(list.map(entryOf));
  yield directory;
  yield Buffer.concat([
    uint32s(0x06054b50, 0),
    uint16s(list.length, list.length),
    uint32s(directory.length, offset),
    uint16s(0),
  ]);
}

async function* deflate(
  parts: StreamedFile['parts'],
  sums: { crc: number; size: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  const packer = createDeflateRaw({ level: 3 });
  // a failure of either end reaches whoever reads, and one who stops reading stops the other end
  pipeline(Readable.from(counted(parts, sums), { objectMode: false }), packer, () => undefined);
  for await (const bytes of packer) yield bytes as Uint8Array;
}

async function* counted(
  parts: StreamedFile['parts'],
  sums: { crc: number; size: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const part of parts) {
    const bytes = Buffer.from(part);
    sums.crc = crc32(bytes, sums.crc);
    sums.size += bytes.length;
    yield bytes;
  }
}

function entryOf({ name, offset, crc, size, packed }: Listed): Buffer {
  const fields = [version, version, flags, deflated, 0, firstDay];
  return Buffer.concat([
    uint32s(0x02014b50),
    uint16s(...fields),
    uint32s(crc, packed, size),
    // lengths of name, extra and comment; disk, attributes inside
    uint16s(name.length, 0, 0, 0, 0),
    uint32s(0, offset),
    name,
  ]);
}

function head(mark: number, shorts: number[], longs: number[], name: Buffer): Buffer {
  return Buffer.concat([
    uint32s(mark),
    uint16s(...shorts),
    uint32s(...longs),
    uint16s(name.length, 0),
    name,
  ]);
}

function uint16s(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt16LE(value, 2 * i);
  return bytes;
}

function uint32s(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, 4 * i);
  return bytes;
}
