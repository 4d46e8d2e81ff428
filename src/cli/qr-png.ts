import sharp from 'sharp';
import { encode } from 'uqr';

/** Pixels per module: big enough for any camera, small enough to mail. */
const scale = 8;

/** A QR code as PNG: level M, 4 modules of white around (ISO/IEC 18004). */
export async function qrPng(text: string): Promise<Buffer> {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const pixels = Uint8Array.from(data.flat(), (dark) => (dark ? 0 : 255));
  return sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .resize(size * scale, size * scale, { kernel: 'nearest' })
    .png()
    .toBuffer();
}
