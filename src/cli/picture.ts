import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { readAll } from '../decoder/decode.ts';
import { loadZxing } from '../decoder/zxing.ts';
import { CliError, exit } from './args.ts';

const formats = ['png', 'jpeg', 'webp'];

/**
 * The text of the one QR code in a PNG, JPEG or WebP file; `''` when there is none. Errors:
 * `file-missing`, `picture-unreadable`, `several-codes`.
 */
export async function readPicture(path: string): Promise<string> {
  const file = await readFile(path).catch(() => {
    throw new CliError('file-missing', 'The picture file cannot be read.', exit.noInput);
  });
  const pixels = await decodePixels(file).catch(() => {
    throw new CliError('picture-unreadable', 'The file is no PNG, JPEG or WebP picture.');
  });
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const codes = readAll(await loadZxing({ wasmBinary: await readFile(wasm) }), pixels);
  if (codes.length > 1) {
    throw new CliError('several-codes', `The picture shows ${codes.length} codes; crop it to one.`);
  }
  return codes[0]?.text ?? '';
}

async function decodePixels(file: Buffer) {
  const picture = sharp(file, { limitInputPixels: 64_000_000 });
  const { format } = await picture.metadata();
  if (!formats.includes(format)) throw new TypeError('unexpected picture format');
  const upright = picture.rotate().toColourspace('srgb');
  const { data, info } = await upright.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}
