import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type sharp from 'sharp';
import { readAll } from '../decoder/decode.ts';
import { loadZxing } from '../decoder/zxing.ts';
import { CommandError, exit } from '../node/command-error.ts';

const formats = ['png', 'jpeg', 'webp'];

/**
 * The text of the one QR code in a PNG, JPEG or WebP file; `''` when there is none. Errors:
 * `file-missing`, `picture-unreadable`, `several-codes`, `sharp-missing`.
 */
export async function readPicture(path: string): Promise<string> {
  const file = await readFile(path).catch(() => {
    throw new CommandError('the picture file cannot be read', exit.noInput, 'file-missing');
  });
  const open = await loadSharp();
  const pixels = await decodePixels(open(file, { limitInputPixels: 64_000_000 })).catch(() => {
    throw new CommandError(
      'the file is no PNG, JPEG or WebP picture',
      exit.data,
      'picture-unreadable',
    );
  });
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const codes = readAll(await loadZxing({ wasmBinary: await readFile(wasm) }), pixels);
  if (codes.length > 1) {
    throw new CommandError(
      `the picture shows ${codes.length} codes; crop it to one`,
      exit.data,
      'several-codes',
    );
  }
  return codes[0]?.text ?? '';
}

/** An optional package, for this command alone: some machines have no binary of it. */
async function loadSharp(): Promise<typeof sharp> {
  try {
    return (await import('sharp')).default;
  } catch {
    throw new CommandError(
      'reading a picture needs the package sharp, which is not there: npm install sharp, or give the code as text',
      exit.unavailable,
      'sharp-missing',
    );
  }
}

async function decodePixels(picture: ReturnType<typeof sharp>) {
  const { format } = await picture.metadata();
  if (!formats.includes(format)) throw new TypeError('unexpected picture format');
  const upright = picture.rotate().toColourspace('srgb');
  const { data, info } = await upright.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}
