/** The decoder's engine is most of what the app keeps on a phone: it is kept packed, and unpacked when asked for. */

export type Entry = string | { readonly url: string; readonly revision: string | null };

/** What a browser can do, as its service worker sees it. */
export interface Abilities {
  /** It decodes with WebAssembly (device/device.ts chooses alike). */
  readonly wasm: boolean;
  /** It has CompressionStream and DecompressionStream: Chromium 80, Safari 16.4, Firefox 113. */
  readonly packing: boolean;
}

/** Part of the packed file's key in the cache: no version of the app that cannot unpack finds it there. */
const packed = 'gzip';
const mediaType = 'application/gzip';

export const urlOf = (entry: Entry): string => (typeof entry === 'string' ? entry : entry.url);
export const isEngine = (url: string): boolean => /\.wasm(\?|$)/.test(url);
/** The fallback decoder: kept where there is no WebAssembly, and where a page has asked for it. */
export const isScriptDecoder = (url: string): boolean => /\/decoder-script-[^/]+\.js$/.test(url);

/** What of the build a browser keeps: one of the two decoders, and that packed where it can. */
export function keptEntries(built: readonly Entry[], can: Abilities): Entry[] {
  const isUseless = can.wasm ? isScriptDecoder : isEngine;
  return built
    .filter((entry) => !isUseless(urlOf(entry)))
    .map((entry) =>
      can.packing && isEngine(urlOf(entry)) ? { url: urlOf(entry), revision: packed } : entry,
    );
}

/** For the cache. Nothing for what is no WebAssembly (its core specification, 5.5.16): a portal's page, say. */
export async function pack(file: Response): Promise<Response | null> {
  const bytes = await file.blob();
  if (file.status !== 200 || (await bytes.slice(0, 4).text()) !== '\0asm') return null;
  const stream = bytes.stream().pipeThrough(new CompressionStream('gzip'));
  const headers = { 'content-type': mediaType };
  return new Response(await new Response(stream).blob(), { headers });
}

/** From the cache. Nothing when it is damaged (gzip counts and sums its bytes, RFC 1952): the network is asked then. */
export async function unpack(kept: Response): Promise<Response | null> {
  if (kept.headers.get('content-type') !== mediaType) return kept;
  const stream = (await kept.blob()).stream().pipeThrough(new DecompressionStream('gzip'));
  const headers = { 'content-type': 'application/wasm' };
  return new Response(stream, { headers })
    .arrayBuffer()
    .then((bytes) => new Response(bytes, { headers }))
    .catch(() => null);
}
