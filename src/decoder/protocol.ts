/** A camera frame as it travels to the decoder: without a copy where the browser can. */
export type CameraFrame = VideoFrame | ImageBitmap;

/** A point of a picture as shares of its width and height: 0, 0 is its top left, 1, 1 its bottom right. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A code on a picture: its text, and its corners in turn (none where the decoder does not tell). */
export interface FoundCode {
  readonly text: string;
  readonly corners: readonly Point[];
}

/** A code in the camera's view. */
export interface SeenCode extends FoundCode {
  /** It claims to be a pass, good or bad. */
  readonly isPass: boolean;
}

/** What the page asks of the decoder worker. Frames are transferred and closed by the worker. */
export type DecoderRequest =
  /** The newest frame; the worker decides whether it is worth a look. `zoom`: only the middle 1/zoom counts. */
  | {
      readonly id: number;
      readonly kind: 'frame';
      readonly frame: CameraFrame;
      readonly zoom: number;
    }
  /** Every code on a picture file. */
  | { readonly id: number; readonly kind: 'picture'; readonly file: Blob };

/** What the decoder made of a frame. */
export interface Sight {
  /** Every code in view: passes first, and of equals the one nearest the middle. */
  readonly codes: readonly SeenCode[];
  /** False when the frame was left out to keep the phone cool. */
  readonly looked: boolean;
  /** Mean light of the frame, 0 black to 255 white, where it is known. */
  readonly light?: number;
}

/** What reads the codes: the browser's own detector before ours, ours alone, or the plain script. */
export type DecoderName = 'native+wasm' | 'wasm' | 'script';

/** `unreadable`: no picture this browser can open, or a part of one. `too-large`: it was not even tried. */
export type PictureFailure = 'unreadable' | 'too-large';

/** `decoder`: it broke or could not be loaded. */
export type DecoderFailure = 'decoder' | PictureFailure;

/** The answer to the request with the same id. */
export type DecoderAnswer =
  | ({ readonly id: number; readonly decoder: DecoderName } & Sight)
  | { readonly id: number; readonly decoder: DecoderName; readonly codes: readonly FoundCode[] }
  | { readonly id: number; readonly failed: DecoderFailure };
