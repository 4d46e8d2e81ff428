import type { ScannerTrouble } from '../core/verify/scanner-trouble.ts';
import type { Damage } from '../core/wedge-sample.ts';

/** Why the camera is not showing a picture. */
export type CameraProblem = 'denied' | 'missing' | 'unsupported' | 'busy' | 'insecure' | 'failed';

/**
 * What may help when nothing was read for 6, 12 and 18 seconds; `torch` first where it is dark.
 * `one-at-a-time`: passes of two people are in view; a card that is up is about one of them.
 */
export type CameraHint = 'distance' | 'torch' | 'clean-lens' | 'manual' | 'one-at-a-time';

export interface LiveCamera {
  readonly kind: 'live';
  /** This lens has a torch. */
  readonly torch: boolean;
  /** It is lit. It goes off by itself after 45 s without a code. */
  readonly torchOn?: boolean;
  /** How many lenses there are to switch between. */
  readonly lenses: number;
  /** Times the picture is enlarged: 1, 2 or 3, by the lens or by cropping. */
  readonly zoom?: number;
  readonly hint?: CameraHint;
}

export type CameraStatus =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | LiveCamera
  | { readonly kind: 'paused' }
  | { readonly kind: 'problem'; readonly problem: CameraProblem };

/** A picture file (a `Blob` in a browser); opaque to the app. */
export interface PictureFile {
  readonly size: number;
  readonly type: string;
}

/** A code on a picture: its text, and its corners in turn (none where the decoder does not tell). */
export interface PictureCode {
  readonly text: string;
  /** Shares of the picture's width and height: 0, 0 is its top left. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/** What reads the codes: the browser's own detector before ours, ours alone, or the plain script. */
export type DecoderName = 'native+wasm' | 'wasm' | 'script';

/** A stream of texts read from camera frames. One camera, one decoder, whatever calls it. */
export interface CodeReader {
  /**
   * Opens the camera once; texts go to `text` until `stop`, status changes to `status`. Of several
   * codes in view passes come first, from the middle outwards, one after another. `facing`: by the
   * camera on the side of the screen, whichever lens was chosen before; `back` is the usual.
   */
  start(
    on: { text(text: string): void; status(status: CameraStatus): void },
    facing?: 'front' | 'back',
  ): Promise<void>;
  stop(): void;
  /** While held, frames are shown and not decoded. */
  hold(held: boolean): void;
  setTorch(on: boolean): Promise<void>;
  nextLens(): Promise<void>;
  /** Enlarges the picture 1, 2 or 3 times; kept when the lens changes. */
  setZoom(times: number): Promise<void>;
  /** What reads the codes, to be shown in settings; `loading` until it has read for the first time. */
  decoderName(): 'loading' | DecoderName;
  /**
   * Every code on a picture file, each text once; empty when there is none. Throws
   * `picture-unreadable`, `picture-too-large`, `decoder-failed`.
   */
  readPicture(file: PictureFile): Promise<readonly PictureCode[]>;
}

/** One scan of a hardware scanner under test: how it came, never what it says. */
export interface ScannerReport {
  readonly letters: number;
  /** From the first letter to the last, milliseconds. */
  readonly ms: number;
  /** The key that ended it; `none`: silence. */
  readonly end: 'Enter' | 'Tab' | 'none';
  /** `alt-codes`, `input-method`: why no letters came. */
  readonly damage: Damage | 'alt-codes' | 'input-method';
  /** Letters of the test code that came out differently. */
  readonly changed: readonly string[];
}

/**
 * Why a hardware scanner's text cannot be used, so that the guard can be told what to set:
 * `alt-codes`: it types Alt+number combinations; `input-method`: pinyin … is catching its keys.
 */
export type WedgeTrouble = 'alt-codes' | 'input-method' | ScannerTrouble;
