import { crc32, deflateSync } from 'node:zlib';
import { qrMatrix } from '../core/qr/qr-matrix.ts';

/** Pixels per module: big enough for any camera, small enough to mail. */
const scale = 8;

/** A QR code as PNG. */
export function qrPng(text: string): Buffer {
  const { size, rows: modules } = qrMatrix(text);
  const rows = modules.flatMap((row) => Array<Buffer>(scale).fill(rowOf(row)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size * scale, 0);
  header.writeUInt32BE(size * scale, 4);
  header[8] = 1; // one bit a pixel; 0: grey, deflate, no filter method of its own, not interlaced
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One line of pixels as it stands in the file: no filter, then a byte a module, white set. */
const rowOf = (row: readonly boolean[]): Buffer =>
  Buffer.from([0, ...row.map((dark) => (dark ? 0x00 : 0xff))]);

/** PNG (W3C), 5.3: length, type, data, CRC of the last two. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
