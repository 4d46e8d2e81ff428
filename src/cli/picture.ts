import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type sharp from 'sharp';
import { readAll } from '../decoder/decode.ts';
import { loadZxing } from '../decoder/zxing.ts';
import { CliError, exit } from '../node/command-line.ts';

const formats = ['png', 'jpeg', 'webp'];

/**
 * The text of the one QR code in a PNG, JPEG or WebP file; `''` when there is none. Errors:
 * `file-missing`, `picture-unreadable`, `several-codes`, `sharp-missing`.
 */
export async function readPicture(path: string): Promise<string> {
  const file = await readFile(path).catch(() => {
    throw new CliError('file-missing', 'The picture file cannot be read.', exit.noInput);
  });
  const open = await loadSharp();
  const pixels = await decodePixels(open(file, { limitInputPixels: 64_000_000 })).catch(() => {
    throw new CliError('picture-unreadable', 'The file is no PNG, JPEG or WebP picture.');
  });
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const codes = readAll(await loadZxing({ wasmBinary: await readFile(wasm) }), pixels);
  if (codes.length > 1) {
    throw new CliError('several-codes', `The picture shows ${codes.length} codes; crop it to one.`);
  }
  return codes[0]?.text ?? '';
}

/** An optional package, for this command alone: some machines have no binary of it. */
async function loadSharp(): Promise<typeof sharp> {
  try {
    return (await import('sharp')).default;
  } catch {
    throw new CliError(
      'sharp-missing',
      'Reading a picture needs the package sharp, which is not there: npm install sharp. Or give the code as text.',
      exit.unavailable,
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
