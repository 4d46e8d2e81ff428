import {
  BINARIZERS,
  CHARACTER_SETS,
  defaultReaderOptions,
  EAN_ADD_ON_SYMBOLS,
  encodeFormats,
  prepareZXingModule,
  type ReadResult,
  TEXT_MODES,
  type ZXingReaderOptions,
} from 'zxing-wasm/reader';
import type { Outline } from './pixels/flatten.ts';
import type { Luminance } from './pixels/luminance.ts';
import type { FoundCode } from './protocol.ts';

/** How much work one look is worth. */
export interface Look {
  /** Codes after which to stop looking. */
  readonly most: number;
  /** Light modules on a dark ground too. */
  readonly inverted?: boolean;
  /** Closes small holes first: dusty prints, sensor noise. */
  readonly denoised?: boolean;
  /** One threshold for the whole picture instead of one per block: even light, tiny modules. */
  readonly global?: boolean;
  /** Is told of each code that was found and could not be read. */
  readonly unread?: (outline: Outline) => void;
}

/** Finds QR codes (ISO/IEC 18004 Model 2) in one grey picture; ZXing skips codes without content. */
export type ReadQr = (picture: Luminance, look: Look) => FoundCode[];

/** Where the WebAssembly file is. It is always our own copy: the package's default is a CDN. */
export type WasmSource = { readonly wasmBinary: Uint8Array } | { readonly wasmUrl: string };

/** Loads ZXing once. Rejects when the file cannot be loaded or WebAssembly is switched off. */
export async function loadZxing(source: WasmSource): Promise<ReadQr> {
  const zxing = await prepareZXingModule({
    overrides:
      'wasmUrl' in source
        ? { locateFile: () => source.wasmUrl }
        : { wasmBinary: Uint8Array.from(source.wasmBinary).buffer },
    fireImmediately: true,
  });
  return (picture, look) => {
    const size = picture.data.byteLength;
    // ZXing reads by width and height: fewer bytes, and it would look at an earlier picture's
    if (size !== picture.width * picture.height) throw new RangeError('not one byte a pixel');
    const pointer = zxing._malloc(size);
    try {
      zxing.HEAPU8.set(picture.data, pointer);
      const { width, height } = picture;
      const found = zxing.readBarcodesFromPixmap(pointer, width, height, engineOptions(look));
      const all = Array.from({ length: found.size() }, (_, at) => found.get(at));
      (found as { delete?(): void }).delete?.();
      const codes = all.filter((code) => code !== undefined);
      if (look.unread) for (const code of codes) if (!code.isValid) told(code, look.unread);
      return codes.filter(({ isValid }) => isValid).map((code) => inShares(code, picture));
    } finally {
      zxing._free(pointer);
    }
  };
}

/** Codes that are found and not read in one look: more are none, and cost time. */
const mostUnread = 4;
/** Modules a side of the smallest code and of the largest that is worth a second look. */
const sizes = { from: 21, to: 117 };

function told(
  { position, symbol, isInverted }: Pick<ReadResult, 'position' | 'symbol' | 'isInverted'>,
  tell: (outline: Outline) => void,
): void {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const size = symbol.width; // of a code that is broken in another way it is 0
  if (size < sizes.from || size > sizes.to || size % 4 !== 1) return;
  tell({ corners: [topLeft, topRight, bottomRight, bottomLeft], size, inverted: isInverted });
}

function inShares(
  { text, position }: Pick<ReadResult, 'text' | 'position'>,
  { width, height }: Luminance,
): FoundCode {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const corners = [topLeft, topRight, bottomRight, bottomLeft];
  return { text, corners: corners.map(({ x, y }) => ({ x: x / width, y: y / height })) };
}

function engineOptions({ most, inverted, denoised, global, unread }: Look): ZXingReaderOptions {
  return {
    ...defaultReaderOptions,
    formats: encodeFormats(['QRCodeModel2']),
    // what is not read counts among them, and must not stand before what is
    maxNumberOfSymbols: unread ? most + mostUnread : most,
    returnErrors: unread !== undefined,
    tryInvert: inverted === true,
    tryDenoise: denoised === true,
    textMode: TEXT_MODES.indexOf('Plain'),
    binarizer: BINARIZERS.indexOf(global ? 'GlobalHistogram' : 'LocalAverage'),
    characterSet: CHARACTER_SETS.indexOf('Unknown'),
    eanAddOnSymbol: EAN_ADD_ON_SYMBOLS.indexOf('Ignore'),
  };
}
