/** What the first bytes of a picture file say of it, before anything is unpacked. */
export interface PictureHead {
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp';
  /** Pixels, before any turning by EXIF. */
  readonly width: number;
  readonly height: number;
}

/** Bytes in which a head is looked for: photos carry a preview and colour tables before it. */
export const headBytes = 262_144;

/** Undefined where the format is another or the size comes too late. */
export function pictureHead(bytes: Uint8Array): PictureHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (signature(bytes)) {
      case 'png':
        return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
      case 'gif':
        return { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case 'bmp':
        return bmpHead(view);
      case 'webp':
        return webpHead(view);
      case 'jpeg':
        return jpegHead(view);
      default:
        return undefined;
    }
  } catch {
    return undefined; // the head itself is cut
  }
}

/** The file ends before its picture does: browsers open such a file and paint the rest grey. */
export async function isCut(file: Blob): Promise<boolean> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  switch (signature(bytes)) {
    case 'png':
      return !includes(bytes, [0x49, 0x45, 0x4e, 0x44]); // IEND
    case 'jpeg':
      return !includes(bytes.subarray(scanFrom(bytes)), [0xff, 0xd9]); // EOI; a film may follow it
    case 'gif':
      return bytes.findLast((byte) => byte !== 0) !== 0x3b;
    case 'webp':
      return bytes.length < 8 || new DataView(bytes.buffer).getUint32(4, true) + 8 > bytes.length;
    default:
      return false;
  }
}

function signature(bytes: Uint8Array): PictureHead['format'] | undefined {
  const letters = String.fromCharCode(...bytes.subarray(0, 12));
  if (letters.startsWith('\x89PNG')) return 'png';
  if (letters.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (letters.startsWith('GIF8')) return 'gif';
  if (letters.startsWith('BM')) return 'bmp';
  return letters.startsWith('RIFF') && letters.endsWith('WEBP') ? 'webp' : undefined;
}

function bmpHead(view: DataView): PictureHead {
  const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)];
  return { format: 'bmp', width: Math.abs(width), height: Math.abs(height) };
}

/** RFC 9649: the extended, the lossless and the lossy form. */
function webpHead(view: DataView): PictureHead | undefined {
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  const format = 'webp';
  switch (view.getUint8(15)) {
    case 0x58: // VP8X
      return { format, width: three(24) + 1, height: three(27) + 1 };
    case 0x4c: {
      // VP8L
      const packed = view.getUint32(21, true);
      return { format, width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
    }
    default:
      return {
        format,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
  }
}

/** The first frame header (SOFn): a preview inside a segment is passed over. */
function jpegHead(view: DataView): PictureHead | undefined {
  const frame = (marker: number) =>
    marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
  const at = jpegSegment(view, frame);
  if (at === undefined) return undefined;
  return { format: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
}

/** Where the picture itself begins (SOS), so that the end of a preview is not taken for its end. */
function scanFrom(bytes: Uint8Array): number {
  try {
    return jpegSegment(new DataView(bytes.buffer), (marker) => marker === 0xda) ?? bytes.length;
  } catch {
    return bytes.length; // cut before it begins
  }
}

/** Segment by segment (ITU-T T.81, B.1.1.4). */
function jpegSegment(view: DataView, isWanted: (marker: number) => boolean): number | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2))
    if (isWanted(view.getUint8(at + 1))) return at;
  return undefined;
}

function includes(bytes: Uint8Array, wanted: readonly number[]): boolean {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (wanted.every((byte, step) => bytes[at + step] === byte)) return true;
  return false;
}
