/** What the page asks of the decoder worker. Bitmaps are transferred and closed by the worker. */
export type DecoderRequest = {
  readonly id: number;
  /** `frame`: one look at one camera frame. `picture`: every code on a still picture. */
  readonly kind: 'frame' | 'picture';
  readonly bitmap: ImageBitmap;
};

/** The answer to the request with the same id. `failed`: the engine broke or could not be loaded. */
export type DecoderAnswer =
  | { readonly id: number; readonly texts: readonly string[] }
  | { readonly id: number; readonly failed: true };
