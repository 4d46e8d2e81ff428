import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadZxing } from '../../src/decoder/zxing.ts';

/** The engine in Node: the package's own file instead of a URL. */
export async function zxingInNode() {
  const path = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  return loadZxing({ wasmBinary: await readFile(path) });
}
